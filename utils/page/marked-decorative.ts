/** Whether a page marks an image as decorative, and whether its marks contradict each other. */
import { closestOf } from './tree';

/** Any of them makes browsers ignore `role="none"`. https://www.w3.org/TR/wai-aria-1.2/#global_states */
const GLOBAL_ARIA =
  `atomic busy controls current describedby description details dropeffect flowto grabbed keyshortcuts
label labelledby live owns relevant roledescription`.split(/\s+/);

const FOCUSABLE =
  '[tabindex], [contenteditable]:not([contenteditable="false" i]), video[controls], input:not([disabled]), a[href], button, iframe';

export type Mark = 'markedPresentational' | 'hiddenFromReaders' | 'emptyAlt';

/** The role that counts is the first; in small letters, empty where there is none. */
function ariaRole(element: Element): string {
  return element.getAttribute('role')?.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
}

/** `role="img"` and its relatives: the page says that this element is an image. */
export function isMarkedImage(element: Element): boolean {
  return /^(?:img|image|graphics-(?:document|symbol|object))$/.test(ariaRole(element));
}

/**
 * The page's mark that an image is decorative; `'contradictory'` where it marks it so and says
 * otherwise: what can be focused or has an ARIA name is an image for assistive technology all the
 * same, and so is `alt=" "`. https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none
 */
export function decorativeMark(element: Element): Mark | 'contradictory' | undefined {
  if (closestOf(element, '[aria-hidden="true" i]')) return 'hiddenFromReaders';
  const mark = ownMark(element);
  if (!mark) return element.getAttribute('alt')?.trim() === '' ? 'contradictory' : undefined;
  return isExposed(element) ? 'contradictory' : mark;
}

function ownMark(element: Element): Mark | undefined {
  const role = ariaRole(element);
  if (role === 'none' || role === 'presentation') return 'markedPresentational';
  return element.getAttribute('alt') === '' && !isMarkedImage(element) ? 'emptyAlt' : undefined;
}

function isExposed(element: Element): boolean {
  if (element.matches(FOCUSABLE)) return true;
  return GLOBAL_ARIA.some((name) => element.getAttribute(`aria-${name}`)?.trim());
}
