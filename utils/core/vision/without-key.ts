/** Takes the key out of what its server says, before anything else sees it. */

/** A shorter run of the key's characters tells nothing, and may well be an ordinary word. */
const MIN_PIECE = 8;
/** Of a piece that may still grow, so many characters are let through at once. */
const MAX_SHOWN = 3;

export interface KeyRemover {
  /** A whole text without the key, and without pieces of it. */
  from(text: string): string;
  /** The JSON in a text, with the key taken out of every string and name; `undefined` where it is none. */
  parse(text: string): unknown;
  /** The same, but what stands as `content` is a piece of an answer, and left to `stream`. */
  parseChunk(text: string): unknown;
  /** For words that come one after the other: the key may be spread over several. */
  stream(): KeyStream;
}

export interface KeyStream {
  /** What can be said after these words have come. */
  add(words: string): string;
  /** What is left to be said with the last of them. */
  end(words?: string): string;
}

/** A key of fewer than eight characters cannot be told from ordinary words, and is not looked for. */
export function keyRemover(key = ''): KeyRemover {
  const looks = key.length >= MIN_PIECE;
  const starts = Math.max(0, key.length - MIN_PIECE + 1);
  const pieces = new Set(Array.from({ length: starts }, (_, at) => key.slice(at, at + MIN_PIECE)));

  /** How many characters from there on stand in the key, in this order, where they can be a piece of it. */
  function runAt(text: string, at: number): number {
    // Nearly everywhere, and the text may be long.
    const isNone = at + MIN_PIECE <= text.length && !pieces.has(text.slice(at, at + MIN_PIECE));
    if (isNone) return 0;
    let end = at;
    while (end < text.length && key.includes(text.slice(at, end + 1))) end += 1;
    return end - at;
  }

  function stream(): KeyStream {
    // A piece of the key so far, and how much of it was said.
    let piece = '';
    let shown = 0;

    function take(words: string, isEnd: boolean): string {
      const text = piece + words;
      let said = '';
      // What stands before it was said, or left out.
      let next = shown;
      let at = 0;
      while (at < text.length) {
        const run = runAt(text, at);
        const mayGrow = !isEnd && run > 0 && at + run === text.length;
        if (mayGrow) {
          const end = Math.max(next, at + Math.min(run, MAX_SHOWN));
          piece = text.slice(at);
          shown = end - at;
          return said + text.slice(next, end);
        }
        if (run >= MIN_PIECE) {
          said += `${text.slice(next, at)}…`;
          next = at + run;
        }
        at += run >= MIN_PIECE ? run : 1;
      }
      piece = '';
      shown = 0;
      return said + text.slice(next);
    }

    if (!looks) return { add: (words) => words, end: (words = '') => words };
    return { add: (words) => take(words, false), end: (words = '') => take(words, true) };
  }

  const from = (text: string) => stream().end(text);

  function parse(text: string, left?: string): unknown {
    try {
      const clean = (name: string, value: unknown): unknown => {
        if (typeof value === 'string') return name === left ? value : from(value);
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).map(([each, of]) => [from(each), of]));
      };
      return JSON.parse(text, looks ? clean : undefined) as unknown;
    } catch (error) {
      // The other one: nested too deep.
      if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  return {
    from,
    stream,
    parse: (text) => parse(text),
    parseChunk: (text) => parse(text, 'content'),
  };
}
