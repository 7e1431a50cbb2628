/** What on a page is an image: of which type, with which address, of which size. */
import { backgroundOf, showsMostOf, type Pseudo } from './backgrounds';
import type { Size } from '../core/image/fit';
import { boxInTab } from './frame-offset';
import { sourceOfImage } from './lazy-source';
import type { ImageType } from './page-image';
import type { Box } from './place';
import { documentOf, elementsAt, elementsIn, styleOf } from './tree';

export interface FoundImage {
  element: Element;
  type: ImageType;
  /** The box of the element that shows it, where that is not its own. */
  pseudo?: Pseudo;
  /** Its address; empty where it has none that shows the same. */
  srcUrl: string;
  /** Its own size in pixels, where it has one. */
  size?: Size;
}

/** What a person can make out, in CSS pixels: smaller things are lines, dots and counters. */
const MIN_SIDE = 5;

/** The image that an element is or shows behind its content; `undefined` for all others. */
export function foundImageOf(element: Element): FoundImage | undefined {
  const media = mediaOf(element);
  if (media) return media;
  const background = backgroundOf(element);
  if (!background) return undefined;
  const { address, pseudo } = background;
  const srcUrl = address ?? '';
  return { element, type: 'background', srcUrl, ...(pseudo ? { pseudo } : {}) };
}

/** Elements of a frame are no instances of this window's classes, so names decide. */
function mediaOf(element: Element): FoundImage | undefined {
  switch (element.localName) {
    case 'img':
      return imageOf(element as HTMLImageElement);
    case 'input':
      return (element as HTMLInputElement).type === 'image'
        ? { element, type: 'image', srcUrl: (element as HTMLInputElement).src }
        : undefined;
    case 'image':
      return svgImageOf(element as SVGImageElement);
    case 'svg':
      return drawingOf(element as SVGSVGElement);
    case 'canvas': {
      const { width, height } = element as HTMLCanvasElement;
      return { element, type: 'canvas', srcUrl: '', size: { width, height } };
    }
    case 'video':
      return videoOf(element as HTMLVideoElement);
    case 'object':
      return embeddedOf(element, (element as HTMLObjectElement).data);
    case 'embed':
      return embeddedOf(element, (element as HTMLEmbedElement).src);
    case 'iframe':
    case 'frame':
      return documentOf(element) ? undefined : { element, type: 'frame', srcUrl: '' };
    default:
      return undefined;
  }
}

function imageOf(element: HTMLImageElement): FoundImage | undefined {
  const srcUrl = sourceOfImage(element);
  if (srcUrl === '') return undefined;
  const { naturalWidth: width, naturalHeight: height, currentSrc } = element;
  const known = width > 0 && height > 0 && srcUrl === currentSrc;
  return { element, type: 'image', srcUrl, ...(known ? { size: { width, height } } : {}) };
}

const XLINK = 'http://www.w3.org/1999/xlink';

function svgImageOf(element: SVGImageElement): FoundImage | undefined {
  const address = element.getAttribute('href') ?? element.getAttributeNS(XLINK, 'href') ?? '';
  if (!URL.canParse(address, element.baseURI)) return undefined;
  return { element, type: 'image', srcUrl: new URL(address, element.baseURI).href };
}

/** The outermost `<svg>`; one that only frames a single photograph is that photograph. */
function drawingOf(element: SVGSVGElement): FoundImage | undefined {
  if (element.ownerSVGElement) return undefined;
  const graphics = element.querySelectorAll(
    'image, path, rect, circle, ellipse, line, polyline, polygon, text, use, foreignObject',
  );
  const [only] = graphics;
  if (graphics.length === 0) return undefined;
  if (graphics.length === 1 && only?.localName === 'image') {
    return svgImageOf(only as SVGImageElement);
  }
  return { element, type: 'drawing', srcUrl: '' };
}

function videoOf(element: HTMLVideoElement): FoundImage {
  const { videoWidth: width, videoHeight: height } = element;
  if (showsPoster(element)) return { element, type: 'video', srcUrl: element.poster };
  const known = width > 0 && height > 0;
  return { element, type: 'video', srcUrl: '', ...(known ? { size: { width, height } } : {}) };
}

/** The poster stands until the first play or seek (HTML, "show poster flag"). */
function showsPoster({ poster, played, paused, currentTime }: HTMLVideoElement): boolean {
  return poster !== '' && paused && currentTime === 0 && played.length === 0;
}

const IMAGE_FILE = /\.(?:avif|bmp|gif|ico|jpe?g|png|svg|webp)$/i;

/** `<object>` and `<embed>` hold anything; their type, their document or their address tells. */
function embeddedOf(element: Element, srcUrl: string): FoundImage | undefined {
  const type =
    element.getAttribute('type') ??
    (element as Partial<HTMLObjectElement>).contentDocument?.contentType ??
    '';
  const isImage = type
    ? type.startsWith('image/')
    : URL.canParse(srcUrl) && IMAGE_FILE.test(new URL(srcUrl).pathname);
  return isImage && srcUrl !== '' ? { element, type: 'image', srcUrl } : undefined;
}

/** All images of a page that can be seen, in its order. */
export function pageImages(root: Document = document): FoundImage[] {
  const found: FoundImage[] = [];
  for (const element of elementsIn(root)) {
    if (!isVisible(element)) continue;
    const image = foundImageOf(element);
    // An `<image>` stands in the list once: as itself, or as a part of its drawing.
    const inDrawing = element.localName === 'image';
    if (image && !inDrawing) found.push(image);
  }
  return found;
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width < MIN_SIDE || height < MIN_SIDE) return false;
  if ('checkVisibility' in element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }
  return styleOf(element).visibility !== 'hidden';
}

/**
 * The image a person means by a point: the topmost there, else the smallest around it, since
 * pages lay things over their images and close them to the pointer.
 *
 * @param x in CSS pixels of the tab's viewport.
 * @param own what the picker itself has put there.
 */
export function imageAt(
  images: readonly FoundImage[],
  x: number,
  y: number,
  own?: Element,
): FoundImage | undefined {
  const here = images.filter(({ element }) => contains(boxInTab(element), x, y));
  const stack = elementsAt(document, x, y).filter((element) => element !== own);
  const depth = ({ element }: FoundImage) => {
    const at = stack.findIndex((each) => each === element || element.contains(each));
    return at === -1 ? Infinity : at;
  };
  return here.toSorted((a, b) => rank(a, depth(a)) - rank(b, depth(b)) || areaOf(a) - areaOf(b))[0];
}

/** A background lies below everything that stands on it, its own overlays included. */
function rank({ type }: FoundImage, depth: number): number {
  return type === 'background' ? 1_000 : Math.min(depth, 999) === 999 ? 500 : depth;
}

function areaOf({ element }: FoundImage): number {
  const { width, height } = element.getBoundingClientRect();
  return width * height;
}

function contains({ left, top, width, height }: Box, x: number, y: number): boolean {
  return x >= left && y >= top && x < left + width && y < top + height;
}

/**
 * The image with the address it can be asked about: without one where the page shows only a part,
 * as with a sprite.
 */
export async function settled(image: FoundImage): Promise<FoundImage> {
  if (image.type !== 'background' || image.srcUrl === '') return image;
  const size = await naturalSize(image.srcUrl);
  if (!size) return image;
  const most = showsMostOf(image.element, size, image.pseudo);
  return { ...image, size, srcUrl: most ? image.srcUrl : '' };
}

/** From the page's own cache: it shows the image. */
function naturalSize(address: string): Promise<FoundImage['size']> {
  return new Promise((resolve) => {
    const image = new Image();
    image.addEventListener('load', () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      resolve(width > 0 && height > 0 ? { width, height } : undefined);
    });
    image.addEventListener('error', () => resolve(undefined));
    image.src = address;
  });
}
