/** What an image is for, worked out from the page around it. */
import { computeAccessibleName } from 'dom-accessibility-api';
import type { FoundPurpose, REASONS, Purpose } from '../core/prompts/purpose';
import { addsTo, isLabel, plain } from './control-label';
import { decorativeMark, isMarkedImage } from './marked-decorative';
import { classNames, fileNames, namesComplex, namesLogo, namesText } from './name-words';
import { captionOf, HEADING, referredBy, wordsOf } from './page-words';
import { closestOf } from './tree';

type Reason = (typeof REASONS)[number];

/** The controls that an image can stand for. https://www.w3.org/WAI/tutorials/images/functional/ */
const LINK = 'a[href], area[href], [role="link" i]';
const BUTTON = 'button, summary, [role="button" i], [role="menuitem" i], [role="tab" i]';

/** As little as keeps room or counts visits, in CSS pixels. */
const SPACER_SIDE = 3;

/** Longer than a caption: a description at length. In characters. */
const LONG = 150;

/**
 * The purpose of an image and what of the page says so: the W3C images tutorial's decision tree,
 * as far as a page can tell (https://www.w3.org/WAI/tutorials/images/decision-tree/). Why its
 * questions come in another order here: docs/decisions/0060-order-of-purposes.md.
 *
 * @param caption of the image, where it is known already.
 */
export function purposeOf(element: Element, caption = captionOf(element)): FoundPurpose {
  const mark = decorativeMark(element);
  const isMarked = mark !== undefined && mark !== 'contradictory';
  const inControl = functional(element, isMarked);
  if (inControl) return inControl;
  if (isMarked) return found('decorative', mark);
  const looks = decorativeByLooks(element);
  if (looks) return looks;
  const files = fileNames(element);
  const spoken = [spokenName(element), element.getAttribute('title') ?? ''];
  const names = [...files, ...classNames(element), ...spoken];
  return (
    complex(element, [...names, caption]) ??
    (isSaidBeside(element, caption) ? found('decorative', 'saidBeside') : undefined) ??
    group(element) ??
    text(element, names, files) ??
    found('informative', mark ?? (caption ? 'captioned' : 'nothingSpecial'))
  );
}

const found = (role: Purpose, reason: Reason): FoundPurpose => ({ kind: role, reason });

function functional(element: Element, isMarked: boolean): FoundPurpose | undefined {
  if (element.localName === 'input') return found('functional', 'imageButton');
  if (element.hasAttribute('usemap')) return found('functional', 'imageMap');
  const control = closestOf(element, `${LINK}, ${BUTTON}`);
  if (!control) return undefined;
  const label = labelOf(control, element);
  if (!isLabel(label)) {
    return found('functional', control.matches(LINK) ? 'aloneInLink' : 'aloneInButton');
  }
  if (isMarked || !addsTo(label, spokenName(element))) return found('decorative', 'saidBeside');
  // The words of a card say where it goes, and a format is a fact about the file.
  const isCard = control.querySelector(CARD_WORDS) !== null;
  const tellsMore = isCard || FILE_FORMAT.test(spokenName(element).trim());
  return found(tellsMore ? 'informative' : 'functional', 'addsToControl');
}

const CARD_WORDS = `p, figcaption, ${HEADING}`;

/** https://www.w3.org/WAI/tutorials/images/informative/#example-5-images-conveying-file-format */
const FILE_FORMAT =
  /^(?:(?:ms|microsoft|adobe) )?(?:pdf|html|word|excel|powerpoint|docx?|xlsx?|pptx?|odt|ods|epub|csv|xml|zip|txt|rtf|mp[34])\b/i;

/** What a control says without the image: its text, and the names of its other images. */
function labelOf(control: Element, element: Element): string {
  // Other elements show the image behind their own words.
  const words = wordsOf(control, isMedia(element) ? element : undefined);
  const others = [...control.querySelectorAll('img, svg, [role="img" i]')].filter(
    (each) => each !== element && !each.contains(element) && decorativeMark(each) === undefined,
  );
  return [words, ...others.map(spokenName)].join(' ');
}

function decorativeByLooks(element: Element): FoundPurpose | undefined {
  if (isSpacer(element)) return found('decorative', 'spacer');
  const isBackground = !isMedia(element) && !isMarkedImage(element);
  return isBackground ? found('decorative', 'background') : undefined;
}

function complex(element: Element, named: readonly string[]): FoundPurpose | undefined {
  if (element.hasAttribute('longdesc') || element.hasAttribute('aria-details')) {
    return found('complex', 'longDescription');
  }
  const description = referredBy(element, 'aria-describedby');
  if (description.length > LONG) return found('complex', 'longDescription');
  return namesComplex(named) ? found('complex', 'chartInName') : undefined;
}

/** https://www.w3.org/WAI/tutorials/images/groups/ */
function group(element: Element): FoundPurpose | undefined {
  const figure = closestOf(element, 'figure, [role="group" i], [role="figure" i]');
  const inFigure = figure ? [...figure.querySelectorAll('img, svg, canvas')] : [];
  const apart = inFigure.filter((each) => !each.parentElement?.closest('svg'));
  if (figure && apart.length > 1 && !holdsFigures(figure)) return found('group', 'sharedCaption');
  return isRepeated(element) ? found('group', 'repeated') : undefined;
}

/** A star rating shows three kinds of image at most: full, half and empty stars. */
const RATING_KINDS = 3;

/** Whether it stands in a row of images that repeat, each by itself or in a list item of its own. */
function isRepeated(element: Element): boolean {
  const parent = element.parentElement;
  const isItem = parent?.childElementCount === 1 && wordsOf(parent, element) === '';
  const row = [...((isItem ? parent : element).parentElement?.children ?? [])].flatMap((each) => {
    const inside = isItem && each.childElementCount === 1 ? each.firstElementChild : each;
    return inside?.localName === element.localName ? [inside] : [];
  });
  const sources = new Set(row.map(drawnFrom));
  if (row.length < 3 || sources.has('')) return false;
  return sources.size <= RATING_KINDS && sources.size < row.length;
}

/** The same for two images that show the same; empty where nothing tells. */
function drawnFrom(element: Element): string {
  const src = element.getAttribute('src');
  if (src !== null || element.localName !== 'svg') return src ?? '';
  const serializer = new XMLSerializer();
  return [...element.childNodes].map((node) => serializer.serializeToString(node)).join('');
}

function text(
  element: Element,
  names: readonly string[],
  files: readonly string[],
): FoundPurpose | undefined {
  if (namesLogo(names)) return found('text', 'namedLogo');
  const heading = closestOf(element, HEADING);
  const alone = heading && wordsOf(heading, element) === '';
  const named = namesText(files);
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

function isMedia({ localName }: Element): boolean {
  return MEDIA.test(localName);
}

/** The same text is right before or after it, or in its caption: hearing it twice is annoying. */
function isSaidBeside(element: Element, caption: string): boolean {
  const name = plain(computeAccessibleName(element));
  // What is named by the text beside it is meant to be heard with that name.
  if (name === '' || referredBy(element, 'aria-labelledby') !== '') return false;
  const parent = element.parentElement;
  const beside = [element.previousElementSibling, element.nextElementSibling, parent].flatMap(
    (each) => (each ? [plain(wordsOf(each, element))] : []),
  );
  return [...beside, plain(caption)].includes(name);
}

function spokenName(element: Element): string {
  return element.getAttribute('alt') ?? computeAccessibleName(element);
}
