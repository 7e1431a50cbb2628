/** The picture a person means by a menu that knows no picture: told by what is under the pointer. */
import type { PickedPicture } from '../../utils/page/picture';
import { boxInTab } from '../../utils/page/frame-offset';
import { pagePictures, pictureOf, type FoundPicture } from '../../utils/page/pictures';
import { overlap, type Box } from '../../utils/page/place';
import { documentOf } from '../../utils/page/tree';
import { pickedPicture } from '../../utils/page/targets';

/** A picture lies under an element if they share so much of the smaller one. */
const SHARED = 0.5;

/**
 * The one picture that the hovered (or focused) element is, holds or covers; `undefined` where
 * there is none, or more than one: then the person is asked.
 */
export async function hoveredPicture(): Promise<PickedPicture | undefined> {
  const element = deepest(document) ?? document.activeElement;
  if (!element || element === document.body || element === document.documentElement) {
    return undefined;
  }
  const own = pictureOf(element);
  if (own && own.type !== 'background') return await pickedPicture(own);
  const box = boxInTab(element);
  const near = pagePictures().filter((picture) => shares(boxInTab(picture.element), box));
  const [only] = above(near);
  return only && above(near).length === 1 ? await pickedPicture(only) : undefined;
}

/** Backgrounds count only where nothing stands on them. */
function above(pictures: readonly FoundPicture[]): readonly FoundPicture[] {
  const media = pictures.filter(({ type }) => type !== 'background');
  return media.length > 0 ? media : pictures;
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
