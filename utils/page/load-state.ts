/** Whether the page has got an image that it wants to show. */

/**
 * True where the page has tried to load an image and got nothing that it could show. False for one
 * that is still on its way, as lazy ones are.
 */
export async function hasFailed(image: HTMLImageElement): Promise<boolean> {
  if (!image.complete || image.naturalWidth > 0) return false;
  // A drawing without a size of its own has no width either, and can be decoded.
  return await image.decode().then(
    () => false,
    () => true,
  );
}
