/** Finds the element a person clicked, from what the browser's menu says of it: its source. */

import { elementsIn } from './tree';

/** What can carry an image that the browser's menu knows. */
const IMAGE_SELECTOR = 'img, input[type="image" i], image';

/**
 * The element of this document, its open shadow roots and its readable frames that shows `srcUrl`.
 * Where several do: the one under the pointer, else one in the focused element (a menu opened by
 * keyboard), else one in view.
 */
export function findImage(srcUrl: string, root: Document = document): Element | undefined {
  const found = [...elementsIn(root, IMAGE_SELECTOR)].filter(
    (element) => sourceOf(element) === srcUrl,
  );
  const rank = [
    (element: Element) => element.matches(':hover'),
    (element: Element) => element.closest('a, button, [tabindex]')?.matches(':focus') ?? false,
    isInView,
  ];
  for (const fits of rank) {
    const best = found.find(fits);
    if (best) return best;
  }
  return found[0];
}

/** The frame that shows a document we may not look into. */
export function findFrame(documentUrl: string, root: Document = document): Element | undefined {
  const frames = [...root.querySelectorAll('iframe, frame')];
  return (
    frames.find((frame) => frame instanceof HTMLIFrameElement && frame.src === documentUrl) ??
    // A frame that was navigated since: the pointer knows it.
    frames.find((frame) => frame.matches(':hover'))
  );
}

/** The other images of the tab's own document that are in view. */
export function otherImagesInView(than: Element | undefined): Element[] {
  return [...document.images].filter((image) => image !== than && isInView(image));
}

/** The address of the image an element shows now, which for an `srcset` is not its `src`. */
function sourceOf(element: Element): string | undefined {
  if (isTag(element, 'img')) return (element as HTMLImageElement).currentSrc;
  if (isTag(element, 'input')) return (element as HTMLInputElement).src;
  const href = (element as SVGImageElement).href?.baseVal;
  return href === undefined ? undefined : absolute(href, element.baseURI);
}

// Elements of a frame are not instances of this window's classes, so `instanceof` does not serve.
function isTag(element: Element, name: string): boolean {
  return element.localName === name;
}

function absolute(address: string, base: string): string | undefined {
  return URL.canParse(address, base) ? new URL(address, base).href : undefined;
}

function isInView(element: Element): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}
