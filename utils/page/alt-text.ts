/** The alt text of an image on its page: written there, and taken back. */
import { AppError } from '../core/errors';

/** As they were before our first change. */
const before = new WeakMap<Element, ReadonlyMap<string, string | null>>();

/**
 * Makes a text the alternative of an image: `alt` where HTML knows it, else a name that assistive
 * technology reads (ARIA 1.2, `img` role). Empty marks it as decorative.
 *
 * @throws {AppError} `altUnsupported` for an element that may hold more than an image.
 */
export function setAlt(element: Element, alt: string): void {
  const next = attributesFor(element, alt);
  if (!before.has(element)) {
    before.set(element, new Map(next.map(([name]) => [name, element.getAttribute(name)])));
  }
  set(element, next);
}

/** Restores what the page had. Does nothing if Descry had set nothing. */
export function undoAlt(element: Element): void {
  const own = before.get(element);
  if (!own) return;
  before.delete(element);
  set(element, [...own]);
}

function attributesFor(element: Element, alt: string): [string, string | null][] {
  if (element.matches('img, area, input[type="image" i]')) return [['alt', alt]];
  if (!element.matches('svg, canvas, video')) throw new AppError('altUnsupported');
  if (element.matches('video')) return [['aria-label', alt]];
  return alt === ''
    ? [
        ['role', 'presentation'],
        ['aria-label', null],
      ]
    : [
        ['role', 'img'],
        ['aria-label', alt],
      ];
}

function set(element: Element, attributes: readonly [string, string | null][]): void {
  for (const [name, value] of attributes) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}
