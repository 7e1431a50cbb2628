/** The values in a JSON file of the history, one after the other, however large it is. */
import { JSONParser, TokenType } from '@streamparser/json';
import { HISTORY_FORMAT, HISTORY_VERSION } from './export-json';
import { chunksOf, MAX_SIZE, type FileFault, type FileRead } from './file-read';

/** No real one lies deeper; each level takes memory. */
const MAX_DEPTH = 32;

/** The values as they come, unread. Never throws for what is in the file. */
export async function* readJson(file: Blob): AsyncGenerator<unknown[], FileRead> {
  const parser = new JSONParser({
    paths: ['$.format', '$.version', '$.entries.*'],
    keepStack: false,
  });
  let found: unknown[] = [];
  let format: unknown;
  let version: unknown;
  let depth = 0;
  let bytes = 0;
  let isForeign = false;
  let isBroken = false;
  parser.onToken = ({ token }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > MAX_DEPTH) throw new RangeError('too deep');
  };
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length === 1 && key === 'format') format ??= value;
    else if (stack.length === 1 && key === 'version') version ??= value;
    else {
      // The format stands first, or it is not ours.
      isForeign ||= faultOf(format, version) !== undefined;
      found.push(value);
      bytes = 0;
    }
  };
  parser.onError = () => {
    isBroken = true;
  };

  for await (const chunk of chunksOf(file)) {
    bytes += chunk.length;
    try {
      parser.write(chunk);
    } catch {
      isBroken = true;
    }
    if (isForeign) return { ok: false, fault: faultOf(format, version) ?? 'otherKind' };
    if (found.length > 0) {
      yield found;
      found = [];
    }
    if (isBroken || parser.isEnded || bytes > MAX_SIZE) break;
  }
  const fault = faultOf(format, version);
  if (fault) return { ok: false, fault };
  if (parser.isEnded && !isBroken) return { ok: true, end: 'whole' };
  return { ok: true, end: isBroken || bytes > MAX_SIZE ? 'broken' : 'cut' };
}

function faultOf(format: unknown, version: unknown): FileFault | undefined {
  if (format !== HISTORY_FORMAT || typeof version !== 'number') return 'otherKind';
  if (version > HISTORY_VERSION) return 'newer';
  return version >= 1 && Number.isInteger(version) ? undefined : 'otherKind';
}
