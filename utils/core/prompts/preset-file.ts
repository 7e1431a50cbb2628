/**
 * Presets as a file that people pass on: written, and read so that a bad one says where it is bad.
 */
import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import * as v from 'valibot';
import { presetSchema, type Preset, type PresetList } from './preset';
import { unknownNames } from './template';

const FORMAT = 'descry-presets';
const VERSION = 1;
/**
 * An editor that finds the schema under this name beside the file checks it while it is written.
 */
const SCHEMA_FILE = 'presets.schema.json';

/** More characters than the largest list of presets has. */
export const PRESET_FILE_MAX_LENGTH = 2_000_000;

/**
 * A preset in a file has no connection and no shortcut: those are this browser's own, and say nothing
 * anywhere else. Its model stays.
 */
const { connectionId: _connection, slot: _slot, ...FILED } = presetSchema.entries;

/**
 * Published as `docs/presets.schema.json`. A field that is not in it is a mistake, not an extra.
 */
export const presetFileSchema = v.strictObject({
  $schema: v.optional(v.string()),
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  presets: v.pipe(v.array(v.strictObject(FILED)), v.minLength(1), v.maxLength(100)),
  /** The id of the one that comes first in the menu. */
  default: v.optional(v.string()),
});

export interface PresetFile {
  presets: Preset[];
  defaultId: string | undefined;
}

/** What is wrong with a file; each has its own message (`presets.fileProblem.<what>`). */
export type PresetFileFault =
  /** Too large to be one. */
  | 'tooLarge'
  /** No JSON: `detail` is what the parser met. */
  | 'syntax'
  /** JSON, but not presets of Descry's. */
  | 'otherKind'
  /** Of a Descry that is newer than this one. */
  | 'newer'
  | 'missing'
  | 'unknownField'
  | 'twice'
  | 'tooLong'
  | 'tooShort'
  | 'value'
  | 'placeholder'
  | 'sameId'
  | 'noDefault';

export interface PresetFileProblem {
  what: PresetFileFault;
  /** Both counted from 1; absent where the fault is nowhere in the file. */
  line?: number;
  column?: number;
  /** The field, placeholder or id it is about. */
  name?: string;
  /** What could stand there, in the notation of the schema; or a limit; or what the parser met. */
  detail?: string;
}

export type PresetFileResult =
  { ok: true; file: PresetFile } | { ok: false; problem: PresetFileProblem };

/** All presets as a file, one line for each field. */
export function writePresetFile({ presets, defaultId }: PresetList): string {
  const filed = presets.map((preset) => v.parse(v.object(FILED), preset));
  const file = { $schema: SCHEMA_FILE, format: FORMAT, version: VERSION, presets: filed };
  return `${JSON.stringify({ ...file, default: defaultId }, null, 2)}\n`;
}

/** The presets in a file, or the first thing that is wrong with it. */
export function parsePresetFile(text: string): PresetFileResult {
  if (text.length > PRESET_FILE_MAX_LENGTH) return { ok: false, problem: { what: 'tooLarge' } };
  const found = read(text);
  if ('presets' in found) return { ok: true, file: found };
  const { offset, ...problem } = found;
  return { ok: false, problem: { ...problem, ...placeOf(text, offset) } };
}

interface Fault {
  what: PresetFileFault;
  offset: number;
  name?: string;
  detail?: string;
}

function read(text: string): PresetFile | Fault {
  const errors: ParseError[] = [];
  const root = tree(text, errors);
  const [error] = errors;
  if (error) {
    return { what: 'syntax', offset: error.offset, detail: printParseErrorCode(error.error) };
  }
  if (!root) return { what: 'syntax', offset: 0, detail: 'ValueExpected' };
  return kindFault(root) ?? repeated(root) ?? checked(text, root);
}

function tree(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    // Brackets in brackets, deeper than the parser can go.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A file of something else gets one word on that, not a list of what it lacks. */
function kindFault(root: Node): Fault | undefined {
  const format = findNodeAtLocation(root, ['format']);
  if (format?.value !== FORMAT) return { what: 'otherKind', offset: (format ?? root).offset };
  const version = findNodeAtLocation(root, ['version']);
  if (typeof version?.value === 'number' && version.value > VERSION) {
    return { what: 'newer', offset: version.offset };
  }
  return undefined;
}

/** The second of two fields of one name: only one of them could count. */
function repeated(node: Node): Fault | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    if (child.type === 'property') {
      const name: unknown = child.children?.[0]?.value;
      if (seen.has(name)) return { what: 'twice', offset: child.offset, name: String(name) };
      seen.add(name);
    }
    const within = repeated(child);
    if (within) return within;
  }
  return undefined;
}

function checked(text: string, root: Node): PresetFile | Fault {
  const parsed = v.safeParse(presetFileSchema, getNodeValue(root));
  if (!parsed.success) {
    // A name with a slip of the pen is unknown, and the right one missing: the first tells more.
    const unknown = parsed.issues.find(({ expected }) => expected === 'never');
    return schemaFault(root, unknown ?? parsed.issues[0]);
  }
  const { presets, default: defaultId } = parsed.output;
  const ids = presets.map(({ id }) => id);
  for (const [at, { id, prompt }] of presets.entries()) {
    const name = unknownNames(prompt)[0];
    if (name !== undefined) {
      const from = offsetOf(root, ['presets', at, 'prompt']);
      // Where it is written with escapes, the prompt itself is near enough.
      const offset = Math.max(from, text.indexOf(`{${name}}`, from));
      return { what: 'placeholder', offset, name };
    }
    if (ids.indexOf(id) < at) {
      return { what: 'sameId', offset: offsetOf(root, ['presets', at, 'id']), name: id };
    }
  }
  if (defaultId !== undefined && !ids.includes(defaultId)) {
    return { what: 'noDefault', offset: offsetOf(root, ['default']), name: defaultId };
  }
  return { presets, defaultId };
}

type Issue = v.InferIssue<typeof presetFileSchema>;

function schemaFault(root: Node, issue: Issue): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const field = path.findLast((key) => typeof key === 'string') ?? '';
  const about = (what: PresetFileFault, detail?: string | null): Fault => {
    return { what, offset: offsetOf(root, path), name: field, ...(detail ? { detail } : {}) };
  };
  if (issue.type === 'strict_object' && path.length > 0) {
    if (issue.expected === 'never') {
      const property = findNodeAtLocation(root, path)?.parent;
      if (property) return { what: 'unknownField', offset: property.offset, name: field };
      // A list where a preset should be: what is in it has a place, and no name.
      return { what: 'value', offset: offsetOf(root, path), name: 'presets', detail: 'Object' };
    }
    if (!findNodeAtLocation(root, path)) return about('missing');
  }
  if (issue.type === 'max_length') return about('tooLong', String(issue.requirement));
  if (issue.type === 'min_length') return about('tooShort');
  return about('value', issue.expected);
}

/** Where the value at a path begins; of what is around it, where there is none. */
function offsetOf(root: Node, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return node.offset;
  }
  return root.offset;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
