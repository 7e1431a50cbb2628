/** What a page says about one of its images, each text within its limit. */
import {
  CONTEXT_FIELDS,
  CONTEXT_LIMITS,
  type ContextTexts,
  type PageContext,
} from '../core/prompts/page-context';
import { captionOf, HEADING, oneLine, wordsOf } from './page-words';
import { purposeOf } from './purpose';
import { ancestorsOf, closestOf } from './tree';

const CONTROL = 'a[href], area[href], button, [role="link" i], [role="button" i]';

/** How far up from an image text still belongs to it. */
const MAX_PARENTS = 6;

/** What the page says; only texts that are there. */
export function contextOf(element: Element): PageContext {
  const caption = captionOf(element);
  const title = element.getAttribute('title') ?? '';
  const name = element.getAttribute('alt') ?? element.getAttribute('aria-label') ?? title;
  const texts = {
    page_title: element.ownerDocument.title,
    heading: headingOf(element),
    existing_alt: name,
    caption,
    nearby_text: `${title === name ? '' : title} ${nearbyText(element)}`,
    link_target: linkTarget(element),
  };
  const language = languageOf(element);
  return {
    texts: limited(texts),
    purpose: purposeOf(element, caption),
    ...(language ? { language } : {}),
  };
}

function limited(texts: Required<ContextTexts>): ContextTexts {
  const there = CONTEXT_FIELDS.map((field) => {
    return [field, cut(oneLine(texts[field] ?? ''), CONTEXT_LIMITS[field])] as const;
  });
  return Object.fromEntries(there.filter(([, words]) => words !== ''));
}

/** At a word, with a sign that more came after it. */
function cut(words: string, limit: number): string {
  if (words.length <= limit) return words;
  return `${words.slice(0, limit - 1).replace(/(?<!\s)\s+\S*$/, '')}…`;
}

/** The last heading before it, in the order of the page. */
function headingOf(element: Element): string {
  for (const at of ancestorsOf(element)) {
    if (at.matches(HEADING)) return wordsOf(at, element);
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      const inside = before.matches(HEADING) ? before : lastHeadingIn(before, element);
      if (inside) return wordsOf(inside);
    }
  }
  return '';
}

/** What a heading may stand in without being about what comes after it. */
const APART = 'figure, article, aside, nav, li';

function lastHeadingIn(before: Element, element: Element): Element | undefined {
  return [...before.querySelectorAll(HEADING)].findLast(
    (heading) => heading.closest(APART)?.contains(element) ?? true,
  );
}

/** The text just before and after it, from the smallest element around it that has some. */
function nearbyText(element: Element): string {
  for (const at of [...ancestorsOf(element)].slice(1, MAX_PARENTS)) {
    const words = wordsOf(at, element);
    if (words.length > 0 && !at.matches(CONTROL)) return words;
    if (at.localName === 'body') break;
  }
  return '';
}

/** The text of the link or button around it, and its target, without parts that may hold tokens. */
function linkTarget(element: Element): string {
  const control = closestOf(element, CONTROL);
  if (!control) return '';
  const label = control.getAttribute('aria-label') ?? control.getAttribute('title') ?? '';
  const words = [label, wordsOf(control, element)].find((each) => each.trim() !== '') ?? '';
  return [words, destination(control.getAttribute('href'), control.baseURI)]
    .filter((part) => part !== '')
    .join(' -> ');
}

function destination(href: string | null, base: string): string {
  if (href === null || !URL.canParse(href, base)) return '';
  const { protocol, host, pathname } = new URL(href, base);
  // An address or a number of a person is none of the model's business; that it is one is.
  return protocol === 'http:' || protocol === 'https:' ? host + pathname : protocol;
}

/** The language of the closest element that names one. */
function languageOf(element: Element): string | undefined {
  const tag = closestOf(element, '[lang]:not([lang=""])')?.getAttribute('lang') ?? [];
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
