/** The image under the pointer, for menus in which the browser found no image. */
import type { PickedImage } from '../../utils/page/page-image';
import { boxInTab } from '../../utils/page/frame-offset';
import { pageImages, foundImageOf, type FoundImage } from '../../utils/page/images';
import { overlap, type Box } from '../../utils/page/place';
import { documentOf } from '../../utils/page/tree';
import { pickedImage } from '../../utils/page/job-targets';

/** An image lies under an element if they share so much of the smaller one. */
const SHARED = 0.5;

/**
 * The one image that the hovered (or focused) element is, holds or covers; `undefined` where
 * there is none, or more than one: then the person is asked.
 */
export async function hoveredImage(): Promise<PickedImage | undefined> {
  const element = deepest(document) ?? document.activeElement;
  if (!element || element === document.body || element === document.documentElement) {
    return undefined;
  }
  const own = foundImageOf(element);
  if (own && own.type !== 'background') return await pickedImage(own);
  const box = boxInTab(element);
  const near = pageImages().filter((image) => shares(boxInTab(image.element), box));
  const [only] = above(near);
  return only && above(near).length === 1 ? await pickedImage(only) : undefined;
}

/** Backgrounds count only where nothing covers them. */
function above(images: readonly FoundImage[]): readonly FoundImage[] {
  const media = images.filter(({ type }) => type !== 'background');
  return media.length > 0 ? media : images;
}

function deepest(root: Document | ShadowRoot): Element | undefined {
  const hovered = [...root.querySelectorAll(':hover')].at(-1);
  const inner = hovered && (hovered.shadowRoot ?? documentOf(hovered));
  return (inner ? deepest(inner) : undefined) ?? hovered;
}

function shares(a: Box, b: Box): boolean {
  const shared = overlap(a, b);
  return shared > 0 && shared >= Math.min(a.width * a.height, b.width * b.height) * SHARED;
}
