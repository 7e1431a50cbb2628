/** In which order to try the ways an image can reach the model. */
import { placed } from '../image/fit';
import { isPublicUrl } from '../image/public-url';
import type { ImageShape } from '../vision/provider-kind';
import type { Route } from './answer-state';
import type { JobImage } from './job-image';

interface RoutesOptions {
  /** Whether the server may be sent an address to download. */
  takesUrls: boolean;
  limits: { imageShape?: ImageShape };
}

/**
 * The routes worth trying for an image, first the one that moves the fewest bytes. Each is tried
 * only when the one before could not serve.
 *
 * - `url`: the server downloads it, when it can and the address is public, and as far as is known the
 *   image is not too small for its models.
 * - `page`: the content script reads or draws it as the page would, with its cookies, its referrer
 *   and its cache: the very bytes that the person sees.
 * - `background`: of the tab's own origin, which the click granted us, where the page is shut off from it.
 *   Never for a private window: the background belongs to the others, with their cookies and the
 *   cache on their disk.
 * - `screenshot`: cut to the image. For all that can be seen and not read.
 * - `upload`: bytes that the person handed over.
 */
export function routesFor(image: JobImage, { takesUrls, limits }: RoutesOptions): Route[] {
  switch (image.kind) {
    case 'file':
      return ['upload'];
    case 'region':
    case 'view':
      return ['screenshot'];
    case 'element':
      return [
        ...routesForAddress(image.srcUrl, takesUrls && fits(image, limits)).filter(
          (route) => route !== 'background' || !image.private,
        ),
        'screenshot',
      ];
  }
}

/** Whether it may go out at its own size, which is mostly unknown. */
function fits({ size }: JobImage, { imageShape }: RoutesOptions['limits']): boolean {
  if (!size) return true;
  const { canvas } = placed(size, imageShape);
  return canvas.width === size.width && canvas.height === size.height;
}

function routesForAddress(srcUrl: string, takesUrls: boolean): Route[] {
  const protocol = URL.canParse(srcUrl) ? new URL(srcUrl).protocol : '';
  switch (protocol) {
    case 'http:':
    case 'https:':
      return takesUrls && isPublicUrl(srcUrl)
        ? ['url', 'page', 'background']
        : ['page', 'background'];
    case 'data:':
      // Where the page lets nobody in; an SVG, only a page can draw.
      return ['page', 'background'];
    default:
      return ['page'];
  }
}
