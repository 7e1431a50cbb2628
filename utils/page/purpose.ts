/** What an image is for, worked out from the page around it. */
import { computeAccessibleName } from 'dom-accessibility-api';
import type { FoundPurpose, REASONS, Purpose } from '../core/prompts/purpose';
import { captionOf, HEADING, referredBy, wordsOf } from './page-words';
import { closestOf } from './tree';

type Reason = (typeof REASONS)[number];

/** The controls that an image can stand for. https://www.w3.org/WAI/tutorials/images/functional/ */
const LINK = 'a[href], area[href], [role="link" i]';
const BUTTON = 'button, summary, [role="button" i], [role="menuitem" i], [role="tab" i]';

/** As little as keeps room or counts visits, in CSS pixels. */
const SPACER_SIDE = 3;

/** In several languages, as whole words: a chart, a map or a diagram by its name. */
const COMPLEX =
  /(?:^|[^\p{L}])(?:(?:bar|pie|line|org|flow)?[-_ ]?charts?|graphs?|diagramm?s?|diagramme|infographics?|infografik|infographie|infografía|(?:site|street|road|tram|metro|weather)?[-_ ]?maps?|(?:stadt|land|strassen|straßen)?karte|stadtplan|carte|mapa|floor[-_ ]?plan|organigramm?e?|schaubild|histogram|scatter[-_ ]?plot|heat[-_ ]?map|timeline|zeitachse|blueprint|schematic|graphique|gráfic[oa]|schéma|esquema)(?:$|[^\p{L}])/iu;

const LOGO = /(?:^|[^\p{L}])(?:logo|logotype|wordmark|schriftzug)(?:$|[^\p{L}])/iu;
const WORDS =
  /(?:^|[^\p{L}])(?:text|heading|headline|title|quote|banner[-_ ]text|zitat|überschrift)(?:$|[^\p{L}])/iu;

/** Longer than a caption: a description at length. In characters. */
const LONG = 150;

/**
 * The purpose of an image and what of the page says so: the W3C images tutorial's decision tree,
 * as far as a page can tell (https://www.w3.org/WAI/tutorials/images/decision-tree/).
 *
 * @param caption of the image, where it is known already.
 */
export function purposeOf(element: Element, caption = captionOf(element)): FoundPurpose {
  const marked = functional(element) ?? decorative(element, caption);
  if (marked) return marked;
  const files = fileNames(element);
  const names = [...files, spokenName(element), element.getAttribute('title') ?? ''];
  return (
    complex(element, [...names, caption]) ??
    group(element) ??
    text(element, names, files) ??
    found('informative', caption ? 'captioned' : 'nothingSpecial')
  );
}

const found = (role: Purpose, reason: Reason): FoundPurpose => ({ kind: role, reason });

function functional(element: Element): FoundPurpose | undefined {
  if (element.localName === 'input') return found('functional', 'imageButton');
  if (element.hasAttribute('usemap')) return found('functional', 'imageMap');
  const control = closestOf(element, `${LINK}, ${BUTTON}`);
  if (!control) return undefined;
  // A label for the whole control says what it does, whatever the image shows.
  if (wordsOf(control, element) !== '') return found('decorative', 'saidBeside');
  return found('functional', control.matches(LINK) ? 'aloneInLink' : 'aloneInButton');
}

function decorative(element: Element, caption: string): FoundPurpose | undefined {
  if (/^(?:none|presentation)$/i.test(element.getAttribute('role') ?? '')) {
    return found('decorative', 'markedPresentational');
  }
  if (closestOf(element, '[aria-hidden="true" i]')) return found('decorative', 'hiddenFromReaders');
  const alt = element.getAttribute('alt');
  if (alt?.trim() === '' && !element.hasAttribute('aria-label')) {
    return found('decorative', 'emptyAlt');
  }
  if (isSpacer(element)) return found('decorative', 'spacer');
  if (isBackground(element)) return found('decorative', 'background');
  return isSaidBeside(element, caption) ? found('decorative', 'saidBeside') : undefined;
}

function complex(element: Element, named: readonly string[]): FoundPurpose | undefined {
  if (element.hasAttribute('longdesc') || element.hasAttribute('aria-details')) {
    return found('complex', 'longDescription');
  }
  const description = referredBy(element, 'aria-describedby');
  if (description.length > LONG) return found('complex', 'longDescription');
  return named.some((name) => COMPLEX.test(name)) ? found('complex', 'chartInName') : undefined;
}

/** https://www.w3.org/WAI/tutorials/images/groups/ */
function group(element: Element): FoundPurpose | undefined {
  const figure = closestOf(element, 'figure, [role="group" i], [role="figure" i]');
  const inFigure = figure ? [...figure.querySelectorAll('img, svg, canvas')] : [];
  const apart = inFigure.filter((each) => !each.parentElement?.closest('svg'));
  if (figure && apart.length > 1 && !holdsFigures(figure)) return found('group', 'sharedCaption');
  const source = element.getAttribute('src');
  const siblings = [...(element.parentElement?.children ?? [])].filter(
    ({ localName }) => localName === element.localName,
  );
  const same = siblings.filter((each) => each.getAttribute('src') === source);
  // Stars of a rating: the full ones are alike, and so are the empty ones.
  const repeats = source !== null && siblings.length > 2 && same.length > 1;
  return repeats ? found('group', 'repeated') : undefined;
}

function text(
  element: Element,
  names: readonly string[],
  files: readonly string[],
): FoundPurpose | undefined {
  if (names.some((name) => LOGO.test(name))) return found('text', 'namedLogo');
  const heading = closestOf(element, HEADING);
  const alone = heading && wordsOf(heading, element) === '';
  const named = files.some((name) => WORDS.test(name));
  return alone || named ? found('text', 'wordsInName') : undefined;
}

function holdsFigures(figure: Element): boolean {
  return figure.querySelector('figure') !== null;
}

function isSpacer(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  const side = (name: string, shown: number) =>
    shown || Number(element.getAttribute(name) ?? Number.NaN);
  const least = Math.min(side('width', width), side('height', height));
  return least > 0 && least <= SPACER_SIDE;
}

const MEDIA = /^(?:img|input|image|svg|canvas|video|object|embed|area|i?frame)$/;

function isBackground({ localName }: Element): boolean {
  return !MEDIA.test(localName);
}

/** The same text is right before or after it, or in its caption: hearing it twice is annoying. */
function isSaidBeside(element: Element, caption: string): boolean {
  const name = plain(computeAccessibleName(element));
  if (name === '') return false;
  const parent = element.parentElement;
  const beside = [element.previousElementSibling, element.nextElementSibling, parent].flatMap(
    (each) => (each ? [plain(wordsOf(each, element))] : []),
  );
  return [...beside, plain(caption)].includes(name);
}

function spokenName(element: Element): string {
  return element.getAttribute('alt') ?? computeAccessibleName(element);
}

/** What those who made the page call it: its file, its id, its classes. */
function fileNames(element: Element): string[] {
  const source = element.getAttribute('src') ?? element.getAttribute('data') ?? '';
  const path = source.startsWith('data:') ? '' : (source.split(/[?#]/)[0] ?? '');
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return [file, element.id, ...element.classList].map((name) =>
    // barChart2 is a chart as well as bar-chart-2.
    name.replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2').replaceAll(/[_\d]+/g, ' '),
  );
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
