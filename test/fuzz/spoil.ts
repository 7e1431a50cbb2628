/** Real inputs with something done to them: flipped, cut, copied, grafted, overwritten, swapped, nested. */
import fc from 'fast-check';

/** One of the samples, spoiled. */
export interface Spoiled<Value> {
  /** Which sample it was. */
  from: number;
  /** Nothing was done to it. */
  intact: boolean;
  value: Value;
}

const MAX_EDITS = 4;
/** A place, as a share of what there is; evenly spread. */
const place = fc.noBias(fc.nat(99_999)).map((at) => at / 100_000);

interface TextOptions {
  /** What may be put in or written over something. */
  puts: readonly string[];
  /** Where something begins that a reader looks at; half of all edits are made near one. */
  marks: RegExp;
}

/** Texts, or bytes as Latin-1, with up to four edits. */
export function spoiledText(
  samples: readonly string[],
  { puts, marks }: TextOptions,
): fc.Arbitrary<Spoiled<string>> {
  const marked = samples.map((sample) => [...sample.matchAll(marks)].map(({ index }) => index));
  const edit = fc.record({
    how: fc.constantFrom('flip', 'cut', 'copy', 'graft', 'insert', 'overwrite', 'end'),
    at: place,
    beside: fc.option(fc.integer({ min: -8, max: 12 })),
    to: place,
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 })),
    put: fc.constantFrom(...puts),
  });
  const made = fc.tuple(
    fc.nat(samples.length - 1),
    fc.nat(samples.length - 1),
    fc.array(edit, { maxLength: MAX_EDITS }),
  );
  return made.map(([from, other, edits]) => {
    const sample = samples[from] ?? '';
    const value = edits.reduce((text, { how, at, beside, to, length, put }) => {
      const near = marked[from] ?? [];
      const mark = beside === null ? undefined : near[Math.floor(at * near.length)];
      const begin = Math.max(
        0,
        mark === undefined ? Math.floor(at * text.length) : mark + (beside ?? 0),
      );
      const [before, after] = [text.slice(0, begin), text.slice(begin)];
      const source = how === 'graft' ? (samples[other] ?? '') : text;
      const start = Math.floor(to * source.length);
      switch (how) {
        case 'flip':
          return before + flipped(after, Math.floor(to * 8));
        case 'cut':
          return before + after.slice(length);
        case 'insert':
          return before + put + after;
        case 'overwrite':
          return before + put + after.slice(put.length);
        case 'end':
          return before;
        default:
          return before + source.slice(start, start + length) + after;
      }
    }, sample);
    return { from, intact: edits.length === 0, value };
  });
}

/** A bit of its first character. */
function flipped(text: string, bit: number): string {
  return text && String.fromCharCode(text.charCodeAt(0) ^ (1 << bit)) + text.slice(1);
}

/** Numbers at which readers of lengths and sizes stumble, in 2 and 4 bytes, both ways round. */
export const NUMBERS = [0, 1, 2, 7, 8, 12, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff]
  .flatMap((number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(number);
    bytes.writeUInt32LE(number, 4);
    const big = bytes.toString('latin1', 0, 4);
    const small = bytes.toString('latin1', 4);
    return [big, small, big.slice(2), small.slice(0, 2), small.slice(0, 1)];
  })
  .filter((each, at, all) => all.indexOf(each) === at);

interface JsonOptions {
  /** What may stand in the place of a value. */
  odd: readonly unknown[];
  /** Names of fields that may be added, or take the place of another. */
  names: readonly string[];
}

interface JsonEdit {
  how: 'remove' | 'replace' | 'swap' | 'rename' | 'add' | 'nest' | 'double' | 'lengthen';
  at: number;
  to: number;
  name: string;
  put: unknown;
}

/** Where a value stands. */
interface Slot {
  holder: object;
  key: string;
}

/** Values of JSON with up to four edits. */
export function spoiledJson(
  samples: readonly unknown[],
  { odd, names }: JsonOptions,
): fc.Arbitrary<Spoiled<unknown>> {
  const edit: fc.Arbitrary<JsonEdit> = fc.record({
    how: fc.constantFrom(
      'remove',
      'replace',
      'swap',
      'rename',
      'add',
      'nest',
      'double',
      'lengthen',
    ),
    at: place,
    to: place,
    name: fc.constantFrom(...names),
    put: fc.constantFrom(...odd),
  });
  return fc
    .tuple(fc.nat(samples.length - 1), fc.array(edit, { maxLength: MAX_EDITS }))
    .map(([from, edits]) => {
      const root: { value: unknown } = { value: structuredClone(samples[from]) };
      for (const each of edits) apply(root, each);
      return { from, intact: edits.length === 0, value: root.value };
    });
}

function apply(root: object, { how, at, to, name, put }: JsonEdit): void {
  const slots = slotsOf(root);
  const slot = slots[Math.floor(at * slots.length)];
  const other = slots[Math.floor(to * slots.length)];
  if (!slot || !other) return;
  const { holder, key } = slot;
  const value: unknown = Reflect.get(holder, key);
  if (how === 'remove') remove(slot);
  else if (how === 'replace') set(holder, key, structuredClone(put));
  else if (how === 'nest') set(holder, key, to < 0.5 ? [value] : { [name]: value });
  else if (how === 'lengthen') set(holder, key, longer(value, to));
  else if (how === 'swap') {
    // Copies: one may lie within the other.
    const theirs: unknown = Reflect.get(other.holder, other.key);
    set(other.holder, other.key, structuredClone(value));
    set(holder, key, structuredClone(theirs));
  } else if (Array.isArray(holder)) {
    holder.splice(Number(key), 0, structuredClone(how === 'double' ? value : put));
  } else {
    if (how === 'rename') remove(slot);
    set(holder, name, structuredClone(how === 'add' ? put : value));
  }
}

/** Every place in a value, its own first. */
function slotsOf(holder: object): Slot[] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => [
    { holder, key },
    ...(typeof value === 'object' && value !== null ? slotsOf(value) : []),
  ]);
}

function remove({ holder, key }: Slot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

/** As JSON has it: a field named `__proto__` is a field. */
function set(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Past any limit that we have for what stands in a file, and no more than that. */
function longer(value: unknown, to: number): unknown {
  const times = 1 + Math.floor(to * 300);
  if (typeof value === 'string') return value.repeat(times).slice(0, 10_000);
  if (typeof value === 'number') return value * 10 ** (times % 20) * (times % 2 ? 1 : -1);
  if (!Array.isArray(value) || value.length === 0) return value;
  const many = Math.ceil(Math.min(times, 120) / value.length);
  return (Array(many).fill(value) as unknown[][]).flat();
}
