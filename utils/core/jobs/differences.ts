/** What one text says and another does not, word by word, in whatever order they say it. */

/** A piece of a text; the pieces together are the text. */
export interface Piece {
  text: string;
  /** The other text has no such word. */
  only: boolean;
}

/** The fewest letters of a word that says something, in scripts that write them one by one. */
const MIN_LETTERS = 3;
const MIN_SAME = 4;
const MAX_ENDING = 3;

/**
 * A text in pieces, with the words marked that the other text does not have. Words count as the same
 * in another form ("dog", "dogs"), and very short ones not at all: two descriptions differ in those
 * without differing in what they say. Numbers are compared as they are.
 *
 * @param language a BCP 47 tag: words are found by its rules (UAX 29).
 */
export function piecesOf(text: string, other: string, language: string): Piece[] {
  const known = [...new Set(wordsOf(other, language).map(folded))];
  const pieces: Piece[] = [];
  for (const { segment, isWordLike = false } of segments(text, language)) {
    const only = isWordLike && saysSomething(segment) && !isAmong(known, folded(segment));
    const last = pieces.at(-1);
    if (last && !last.only && !only) last.text += segment;
    else pieces.push({ text: segment, only });
  }
  return pieces;
}

/** The marked words, each once, as they are written first. */
export function onlyWords(pieces: readonly Piece[]): string[] {
  const found = new Map<string, string>();
  for (const { text, only } of pieces) {
    if (only && !found.has(folded(text))) found.set(folded(text), text);
  }
  return [...found.values()];
}

function wordsOf(text: string, language: string): string[] {
  return segments(text, language).flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []));
}

function segments(text: string, language: string): Intl.SegmentData[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)];
}

function saysSomething(word: string): boolean {
  if (/\p{N}/u.test(word)) return true;
  const spelled = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}'’-]+$/u.test(word);
  // A word of one sign is much in Chinese, and a particle in Japanese.
  return spelled ? word.length >= MIN_LETTERS : !/^\p{Script=Hiragana}+$/u.test(word);
}

function isAmong(known: readonly string[], word: string): boolean {
  return known.some((each) => same(each, word));
}

/** Of two folded words. */
function same(a: string, b: string): boolean {
  if (a === b) return true;
  if (/\p{N}/u.test(a + b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long === `${short}s` || long === `${short}es`) return true;
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared += 1;
  return shared >= Math.max(MIN_SAME, short.length - 2) && long.length - shared <= MAX_ENDING;
}

/** Without case, accents, and the ways to write the same sign. */
function folded(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
