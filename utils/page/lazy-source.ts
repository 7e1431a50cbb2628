/** The image that a lazy placeholder stands for. */

/** Attributes that the common lazy loaders read, as they name them. */
const SOURCES = ['data-src', 'data-lazy-src', 'data-original', 'data-lazy', 'data-full-src'];
const SOURCE_SETS = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];

/** A placeholder has at most so many pixels for each that is shown: a blur, or a dot. */
const THIN = 0.25;

/**
 * The address that an image shows, or is about to: a placeholder's own where it names it, else
 * `currentSrc`, else what its `src` says.
 */
export function sourceOfImage(image: HTMLImageElement): string {
  const { currentSrc, src } = image;
  const shown = currentSrc || src;
  if (shown !== '' && !looksThin(image)) return shown;
  return lazySource(image) ?? shown;
}

function looksThin(image: HTMLImageElement): boolean {
  if (!image.complete) return image.currentSrc.startsWith('data:');
  if (image.naturalWidth <= 2 || image.naturalHeight <= 2) return true;
  return image.naturalWidth < image.clientWidth * THIN || image.currentSrc.startsWith('data:');
}

function lazySource(image: HTMLImageElement): string | undefined {
  const set = firstAttribute(image, SOURCE_SETS);
  const address = (set && largestOf(set)) ?? firstAttribute(image, SOURCES);
  if (!address || !URL.canParse(address, image.baseURI)) return undefined;
  const url = new URL(address, image.baseURI);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function firstAttribute(element: Element, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = element.getAttribute(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

/** The candidate with the largest descriptor of an `srcset`. */
export function largestOf(sourceSet: string): string | undefined {
  const candidates = sourceSet
    .split(/,\s+|,(?=https?:)/)
    .map((candidate) => candidate.trim().split(/\s+/))
    .map(([address = '', size = '1x']) => ({ address, size: Number.parseFloat(size) || 1 }))
    .filter(({ address }) => address !== '');
  return candidates.toSorted((a, b) => b.size - a.size)[0]?.address;
}
