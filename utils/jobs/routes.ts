/** In which order to try the ways an image can reach the model. */
import { isPublicUrl } from '../image/public-url';
import type { JobImage, Route } from './job';

/**
 * The routes worth trying for an image, first the one that moves the fewest bytes. Each is tried
 * only when the one before could not serve.
 *
 * - `url`: the server downloads it, when it can and the address is public.
 * - `background`: a click grants us its tab's own origin, cookies included, without waiting for the
 *   page; a `data:` URL needs nobody at all, unless it is an SVG, which only a page can draw.
 * - `page`: the content script reads it as the page would: `blob:` and CORS, with the referrer.
 */
export function routesFor(image: JobImage, { takesUrls }: { takesUrls: boolean }): Route[] {
  const { protocol } = new URL(image.srcUrl);
  if (protocol === 'data:') return ['background', 'page'];
  if (protocol !== 'http:' && protocol !== 'https:') return ['page'];
  const bytes: Route[] = sameOrigin(image.srcUrl, image.pageUrl)
    ? ['background', 'page']
    : ['page', 'background'];
  return takesUrls && isPublicUrl(image.srcUrl) ? ['url', ...bytes] : bytes;
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
