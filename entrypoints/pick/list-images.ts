/** The images of this page as a list: what each is called, and how it looks. */
import { computeAccessibleName } from 'dom-accessibility-api';
import type { PageImage } from '../../utils/page/page-image';
import { pageImages, type FoundImage } from '../../utils/page/images';
import { emptyCanvas } from '../../utils/page/draw';
import { canDraw, drawThumbnail, thumbnailUrl } from '../../utils/page/draw-thumbnail';
import { pickedImage } from '../../utils/page/job-targets';

/** In image pixels: 44 CSS pixels on a screen of double density. */
const THUMBNAIL_SIDE = 88;
/** A page can write as much as it likes into a name. */
const MAX_WORDS = 500;
/** A page with more is a wall of tiles; a longer list does not help. */
const MAX_IMAGES = 500;

/** All images that can be seen, in the order of the page. */
export async function listImages(): Promise<PageImage[]> {
  return await Promise.all(pageImages().slice(0, MAX_IMAGES).map(described));
}

async function described(found: FoundImage): Promise<PageImage> {
  const { element } = found;
  const { width, height } = element.getBoundingClientRect();
  const alt = element.getAttribute('alt');
  const thumbnail = thumbnailOf(element);
  return {
    ...(await pickedImage(found)),
    name: nameOf(element),
    ...(alt === null ? {} : { alt: alt.slice(0, MAX_WORDS) }),
    shown: { width: Math.round(width), height: Math.round(height) },
    ...(thumbnail ? { thumbnail } : {}),
  };
}

/** The accessible name, as a screen reader would say it; a frame's host where it has none. */
export function nameOf(element: Element): string {
  const name = computeAccessibleName(element).trim().slice(0, MAX_WORDS);
  if (name !== '' || element.localName !== 'iframe') return name;
  const { src } = element as HTMLIFrameElement;
  return URL.canParse(src) ? new URL(src).host : '';
}

function thumbnailOf(element: Element): string | undefined {
  if (!canDraw(element)) return undefined;
  const canvas = emptyCanvas({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE });
  drawThumbnail(canvas, element);
  return thumbnailUrl(canvas);
}
