/** An `<svg>` of a page as a file of its own, looking as it does there. */
import { styleOf } from './tree';

/** Properties of SVG that a page's style sheets set, in SVG 2's list of presentation attributes. */
const PAINTED = [
  'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity',
  'stroke-linecap', 'stroke-linejoin', 'stroke-dasharray', 'stroke-dashoffset', 'opacity',
  'color', 'display', 'visibility', 'transform', 'transform-origin', 'clip-path', 'mask', 'filter',
  'stop-color', 'stop-opacity', 'font-family', 'font-size', 'font-style', 'font-weight',
  'letter-spacing', 'text-anchor', 'dominant-baseline', 'paint-order', 'vector-effect',
  'marker-start', 'marker-mid', 'marker-end', 'mix-blend-mode',
] as const; // prettier-ignore

/** More parts than this take longer to copy than to photograph from the screen. */
const MAX_PARTS = 5_000;

/**
 * The drawing's own source with the page's styles written into it, or `undefined` where it needs
 * more than itself: images by address, HTML inside, parts defined elsewhere on the page.
 */
export function svgSource(svg: SVGSVGElement): string | undefined {
  const parts = [svg, ...svg.querySelectorAll('*')];
  if (parts.length > MAX_PARTS || parts.some((part) => needsMore(part, svg))) return undefined;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [at, part] of parts.entries()) {
    const style = styleOf(part);
    const written = PAINTED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    copies[at]?.setAttribute('style', written);
  }
  for (const script of copy.querySelectorAll('script')) script.remove();
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  // The outermost transform is the page's: it is part of the position, not of the drawing.
  copy.style.transform = 'none';
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

function needsMore(part: Element, svg: SVGSVGElement): boolean {
  if (part.localName === 'foreignObject') return true;
  const href =
    part.getAttribute('href') ?? part.getAttributeNS('http://www.w3.org/1999/xlink', 'href');
  if (href === null || part.localName === 'a') return false;
  if (!href.startsWith('#')) return !href.startsWith('data:');
  return svg.querySelector(`#${CSS.escape(href.slice(1))}`) === null;
}
