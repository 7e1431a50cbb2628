/** In which order to try the ways an image can reach the model. */
import { AppError } from '../errors';
import { isPublicUrl } from '../image/public-url';
import type { Route } from './job';
import type { JobImage } from './job-image';

/**
 * The routes worth trying for an image, first the one that moves the fewest bytes. Each is tried
 * only when the one before could not serve.
 *
 * - `url`: the server downloads it, when it can and the address is public.
 * - `page`: the content script reads or draws it as the page would, with its cookies, its referrer
 *   and its cache: the very bytes that the person sees.
 * - `background`: past CORS, where the click granted us the tab's own origin or the person another.
 * - `screen`: a picture of the screen, cut to the image. For all that can be seen and not read.
 * - `given`: bytes that the person handed over.
 */
export function routesFor(image: JobImage, { takesUrls }: { takesUrls: boolean }): Route[] {
  switch (image.kind) {
    case 'file':
      return ['given'];
    case 'region':
    case 'view':
      return ['screen'];
    case 'element':
      return [...routesForAddress(image.srcUrl, takesUrls), 'screen'];
  }
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

/**
 * Tries routes in their order until one serves.
 *
 * @param anotherMayServe whether the next route may do better than a failed one.
 * @throws what the last route failed with, or the first that no other can mend.
 */
export async function byFirstRoute<T>(
  routes: readonly Route[],
  attempt: (route: Route) => Promise<T>,
  anotherMayServe: (error: unknown, route: Route) => boolean,
): Promise<T> {
  let lastError: unknown = new AppError('imageUnreadable');
  for (const route of routes) {
    try {
      return await attempt(route);
    } catch (error) {
      if (!anotherMayServe(error, route)) throw error;
      lastError = error;
    }
  }
  throw lastError;
}
