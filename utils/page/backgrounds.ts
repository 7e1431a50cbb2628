/** The images in an element's CSS background: which one it shows, and whether all of it. */
import type { Size } from '../core/image/fit';
import { styleOf } from './tree';

export const PSEUDO = ['::before', '::after'] as const;
export type Pseudo = (typeof PSEUDO)[number];

/** What a background holds. */
export interface Background {
  /** Of the element's own box, or of a box that CSS puts before or after its content. */
  pseudo?: Pseudo;
  /** The address of its only image; `undefined` where several lie over each other. */
  address: string | undefined;
}

/** The background image of an element or of its pseudo-elements, if there is one. */
export function backgroundOf(element: Element): Background | undefined {
  const own = read(styleOf(element), element.baseURI);
  if (own) return own;
  for (const pseudo of PSEUDO) {
    const style = styleOf(element, pseudo);
    // Without content there is no box.
    if (style.content === 'none' || style.content === 'normal') continue;
    const found = read(style, element.baseURI) ?? read(style, element.baseURI, style.content);
    if (found) return { ...found, pseudo };
  }
  return undefined;
}

function read(
  style: CSSStyleDeclaration,
  base: string,
  value = style.backgroundImage,
): Background | undefined {
  if (!value || !value.includes('url(')) return undefined;
  const layers = splitLayers(value);
  const images = layers.filter((layer) => layer.includes('url('));
  const [only] = images;
  // A gradient over an image changes what is seen of it: then the screen shows it best.
  if (images.length !== 1 || layers.length !== 1 || !only) return { address: undefined };
  const address = addressIn(only);
  return {
    address:
      address !== undefined && URL.canParse(address, base)
        ? new URL(address, base).href
        : undefined,
  };
}

/** The top-level parts of a comma-separated value: commas inside brackets and quotes stay. */
export function splitLayers(value: string): string[] {
  const layers: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      layers.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...layers, value.slice(start).trim()];
}

/** The address in `url(…)`, or the one of an `image-set(…)` that fits this screen. */
function addressIn(layer: string): string | undefined {
  const set = /^(?:-webkit-)?image-set\((.*)\)$/s.exec(layer)?.[1];
  if (set === undefined) return firstUrl(layer)?.address;
  const choices = splitLayers(set)
    .map(firstUrl)
    .filter((choice) => choice !== undefined)
    .map(({ address, after }) => ({ address, density: densityIn(after) }))
    .toSorted((a, b) => a.density - b.density);
  // The least that is enough (CSS Images 4, 2.4 leaves the choice to the browser).
  return (choices.find(({ density }) => density >= devicePixelRatio) ?? choices.at(-1))?.address;
}

/** The first `url(…)` in a text, and what comes after it. */
function firstUrl(text: string): { address: string; after: string } | undefined {
  const start = text.indexOf('url(');
  if (start === -1) return undefined;
  const inside = text.slice(start + 'url('.length);
  const found = /^(["']?)(.*?)\1\)/s.exec(inside);
  return found ? { address: found[2] ?? '', after: inside.slice(found[0].length) } : undefined;
}

/** The density given for an image, as `2x` or `1.5dppx`. */
function densityIn(text: string): number {
  return Number(/(?<![\d.])([\d.]+)(?:x|dppx)\b/.exec(text)?.[1] ?? 1);
}

/**
 * Whether an element shows most of its background image: false for a sprite, one small window
 * onto a sheet of many.
 *
 * @param natural the image's own size in pixels.
 */
export function showsMostOf(element: Element, natural: Size, pseudo?: Pseudo): boolean {
  const style = styleOf(element, pseudo);
  // Any other size fits the image to the box, or was written for it.
  if (style.backgroundSize !== 'auto' && style.backgroundSize !== 'auto auto') return true;
  const { width, height } = element.getBoundingClientRect();
  const share =
    (Math.min(width, natural.width) * Math.min(height, natural.height)) /
    (natural.width * natural.height);
  return share > 0.5;
}
