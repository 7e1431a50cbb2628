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
/** No language has so many words with the same beginning; of more, the rest is passed over. */
const MAX_FORMS = 100;

/**
 * A text in pieces, with the words marked that the other text does not have. Words count as the same
 * in another form ("dog", "dogs"), and very short ones not at all: two descriptions differ in those
 * without differing in what they say. Numbers are compared as they are.
 *
 * @param language a BCP 47 tag: words are found by its rules (UAX 29).
 */
export function piecesOf(text: string, other: string, language: string): Piece[] {
  const known = knownWords(wordsOf(other, language).map(folded));
  const pieces: Piece[] = [];
  for (const { segment, isWordLike = false } of segments(text, language)) {
    const only = isWordLike && saysSomething(segment) && !known(folded(segment));
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

/**
 * Tells whether a folded word is among these, in any form: by its whole, else by its beginning, so
 * that each word of a long text is held against a few others.
 */
function knownWords(words: readonly string[]): (word: string) => boolean {
  const all = new Set(words);
  const forms = new Map<string, string[]>();
  for (const word of all) {
    const beginning = word.slice(0, MIN_SAME);
    const alike = forms.get(beginning);
    if (!alike) forms.set(beginning, [word]);
    else if (alike.length < MAX_FORMS) alike.push(word);
  }
  return (word) => {
    if (all.has(word)) return true;
    if (/\p{N}/u.test(word)) return false;
    const isOtherNumber = ['s', 'es'].some(
      (ending) =>
        all.has(word + ending) || (word.endsWith(ending) && all.has(word.slice(0, -ending.length))),
    );
    if (isOtherNumber) return true;
    return (forms.get(word.slice(0, MIN_SAME)) ?? []).some((each) => sameBeginning(each, word));
  };
}

/** Of two folded words without numbers in them: whether they differ in their endings alone. */
function sameBeginning(a: string, b: string): boolean {
  if (/\p{N}/u.test(a)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared += 1;
  return shared >= Math.max(MIN_SAME, short.length - 2) && long.length - shared <= MAX_ENDING;
}

/** Without case, accents, and the ways to write the same sign. */
function folded(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
