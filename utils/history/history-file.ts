/** The values in a file of the history, one after the other, however large it is. */
import { JSONParser, TokenType } from '@streamparser/json';
import { HISTORY_FORMAT, HISTORY_VERSION } from './export-json';

/** How a file ended: as it should, in the middle, or with something that is no JSON or too large. */
export type FileEnd = 'whole' | 'cut' | 'broken';

export type FileFault =
  /** No JSON, or none of ours. */
  | 'otherKind'
  /** Of a Descry that is newer than this one. */
  | 'newer';

/** How the reading ended. */
export type FileRead = { ok: true; end: FileEnd } | { ok: false; fault: FileFault };

/** The most bytes between one description and the next: no real one comes near. */
const MAX_BYTES = 4_000_000;
/** No real one lies deeper; each level takes memory. */
const MAX_DEPTH = 32;

/** So many bytes are parsed at once, whatever the browser hands out. */
const CHUNK = 65_536;

/** The values as they come, unread. Never throws for what is in the file. */
export async function* readHistoryFile(file: Blob): AsyncGenerator<unknown[], FileRead> {
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
    if (isBroken || parser.isEnded || bytes > MAX_BYTES) break;
  }
  const fault = faultOf(format, version);
  if (fault) return { ok: false, fault };
  if (parser.isEnded && !isBroken) return { ok: true, end: 'whole' };
  return { ok: true, end: isBroken || bytes > MAX_BYTES ? 'broken' : 'cut' };
}

function faultOf(format: unknown, version: unknown): FileFault | undefined {
  if (format !== HISTORY_FORMAT || typeof version !== 'number') return 'otherKind';
  if (version > HISTORY_VERSION) return 'newer';
  return version === HISTORY_VERSION ? undefined : 'otherKind';
}

async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
  }
}
