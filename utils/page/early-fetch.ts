/** An image's bytes on their way before our script is in the page: a click must not wait for both. */

interface EarlyFetch {
  address: string;
  response: Promise<Response>;
  controller: AbortController;
}

declare global {
  /** Only visible to Descry's own scripts: pages have another global. */
  var descryEarlyFetch: EarlyFetch | undefined;
}

/**
 * Begins to fetch an image as its page would. It is injected alone, so it uses nothing that is defined
 * outside of it.
 *
 * @param maxMs in milliseconds: what nobody has taken and ended by then ends.
 */
export function fetchEarly(address: string, maxMs: number): void {
  globalThis.descryEarlyFetch?.controller.abort();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), maxMs);
  const response = fetch(address, { cache: 'force-cache', signal: controller.signal });
  response.catch(() => undefined);
  globalThis.descryEarlyFetch = { address, response, controller };
}

/**
 * The response to an address, if it was fetched early; only once, for its body can be read once.
 *
 * @param signal ends it, its body included.
 */
export function takeEarlyFetch(
  address: string,
  signal: AbortSignal,
): Promise<Response> | undefined {
  const early = globalThis.descryEarlyFetch;
  globalThis.descryEarlyFetch = undefined;
  if (early?.address !== address) {
    // The page knows a better address than the menu.
    early?.controller.abort();
    return undefined;
  }
  const stop = () => early.controller.abort();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  return early.response;
}
