/**
 * Which image of this page a job is about: by the id Descry gave it, or by what the menu reported.
 */
import { randomId } from './random-id';
import { findFrame, findImage } from './find-image';
import { boxInTab } from './frame-offset';
import { foundImageOf, settled, type FoundImage } from './images';
import type { PickedImage } from './page-image';
import type { Box } from './place';
import type { JobImage } from '../core/jobs/job-image';

/** What is known of the images of this page. */
interface Known {
  /** Rectangles that a person drew, in CSS pixels of the whole page: they move as it scrolls. */
  regions: Map<string, Box>;
  elements: Map<string, WeakRef<Element>>;
  ids: WeakMap<Element, string>;
}

declare global {
  /** Both scripts of ours in a page name its images alike. */
  var descryTargets: Known | undefined;
}

globalThis.descryTargets ??= { regions: new Map(), elements: new Map(), ids: new WeakMap() };
const { regions, elements, ids }: Known = globalThis.descryTargets;

/** The element's name in messages; the same as long as the element lives. */
function idOf(element: Element): string {
  const id = ids.get(element) ?? randomId();
  ids.set(element, id);
  elements.set(id, new WeakRef(element));
  return id;
}

/** A longer `data:` address stays here: a list of many would not fit into a message. */
const MAX_ADDRESS = 8_000;

/** A found image as others may hear of it. */
export async function pickedImage(found: FoundImage): Promise<PickedImage> {
  const { element, type, srcUrl: address, size } = await settled(found);
  const srcUrl = address.length > MAX_ADDRESS ? '' : address;
  const documentUrl = element.ownerDocument.URL;
  return { imageId: idOf(element), type, srcUrl, documentUrl, ...(size ? { size } : {}) };
}

/** A rectangle of the window as an image. */
export function pickedRegion({ left, top, width, height }: Box): PickedImage {
  const imageId = randomId();
  regions.set(imageId, { left: left + scrollX, top: top + scrollY, width, height });
  return { imageId, type: 'region', srcUrl: '', documentUrl: document.URL };
}

/** The element that shows a job's image; the frame around it, where we cannot look further. */
export function elementOf({ imageId, srcUrl, documentUrl, frameId, kind }: JobImage) {
  if (kind !== 'element') return undefined;
  const known = imageId === undefined ? undefined : elements.get(imageId)?.deref();
  if (known?.isConnected) return known;
  if (srcUrl === '') return undefined;
  return findImage(srcUrl) ?? (frameId === 0 ? undefined : findFrame(documentUrl));
}

/** The image of a job, if its element is still there. */
export function imageFor(image: JobImage): FoundImage | undefined {
  const element = elementOf(image);
  return element && foundImageOf(element);
}

/** The position of a job's image, in CSS pixels of the tab's viewport. */
export function boxOf(image: JobImage): Box | undefined {
  const region = regions.get(image.imageId ?? '');
  if (region) return { ...region, left: region.left - scrollX, top: region.top - scrollY };
  const element = elementOf(image);
  return element && boxInTab(element);
}
