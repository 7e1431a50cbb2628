/**
 * The text of a page as a person reads it: no scripts, nothing hidden, nothing typed into fields.
 */
import { styleOf } from './tree';

/** Never read: code, Descry's own elements, and what people type, which may be anything. */
const UNREAD =
  'script, style, template, noscript, input, textarea, select, option, [contenteditable]:not([contenteditable="false" i]), [aria-hidden="true" i], [hidden]';

/** What stands above a part of a page. */
export const HEADING = 'h1, h2, h3, h4, h5, h6, [role="heading" i]';

/** Pages can be endless; what is worth quoting is nearby. In nodes. */
const MAX_NODES = 400;

/** The text of an element, in one line; without that of `but`, if it is inside. */
export function wordsOf(element: Element, but?: Element): string {
  const words: string[] = [];
  let left = MAX_NODES;
  function read(node: Node): void {
    left -= 1;
    if (left < 0 || node === but) return;
    if (node.nodeType === Node.TEXT_NODE) words.push(node.nodeValue ?? '');
    if (node.nodeType !== Node.ELEMENT_NODE || !isRead(node as Element)) return;
    for (const child of node.childNodes) read(child);
    words.push(' ');
  }
  read(element);
  return oneLine(words.join(''));
}

function isRead(element: Element): boolean {
  if (element.matches(UNREAD) || element.localName.startsWith('descry-')) return false;
  const { display, visibility } = styleOf(element);
  return display !== 'none' && visibility !== 'hidden';
}

/**
 * What describes an image by standing under it, or by reference; empty where nothing does. Its own
 * `title` is a name, no caption.
 */
export function captionOf(element: Element): string {
  const figcaption = element.closest('figure')?.querySelector('figcaption');
  const referred = ['aria-describedby', 'aria-labelledby'].map((name) => referredBy(element, name));
  const all = [figcaption ? wordsOf(figcaption) : '', ...referred];
  return all.find((words) => words !== '') ?? '';
}

/** The text of the elements that an attribute names by their ids. */
export function referredBy(element: Element, attribute: string): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const ids = (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  const named = ids.flatMap((id) => root.getElementById(id) ?? []);
  return oneLine(named.map((each) => wordsOf(each)).join(' '));
}

export function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}
