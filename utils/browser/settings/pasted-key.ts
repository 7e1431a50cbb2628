/** A key as a person pastes it: what comes along with it, and what no request could carry. */

/** Spaces, line ends, control and format characters: most cannot be seen, and no key has one. */
const BLANK = /[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
/** A header's name and scheme, as examples of requests have them before the key. */
const SCHEME = /^(?:authorization ?: ?)?bearer /i;
const QUOTE = /[\p{Quotation_Mark}`´ ]/u;

/** The key alone: without blanks around and in it, quotation marks around it, and `Bearer` before it. */
export function cleanKey(pasted: string): string {
  // A blank that has no width is no space between words.
  const visible = pasted.replaceAll(BLANK, (blank) => (/[\s\p{Z}]/u.test(blank) ? ' ' : ''));
  const alone = unquoted(unquoted(visible).replace(SCHEME, '')).replaceAll(' ', '');
  return alone === pasted ? alone : cleanKey(alone);
}

/**
 * The first character of a cleaned key that is not sent: beyond ASCII a header has no agreed form
 * (RFC 9110, section 5.5), and no key has one.
 */
export function unsendableIn(key: string): string | undefined {
  return /[^\x21-\x7e]/u.exec(key)?.[0];
}

/** Without quotation marks and spaces at either end. */
function unquoted(words: string): string {
  let [from, to] = [0, words.length];
  while (from < to && QUOTE.test(words.charAt(from))) from += 1;
  while (to > from && QUOTE.test(words.charAt(to - 1))) to -= 1;
  return words.slice(from, to);
}
