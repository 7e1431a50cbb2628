/** The colour that shows through a see-through image on its page. */
import { ancestorsOf, styleOf } from './tree';

/** What browsers paint below a page that paints nothing: `Canvas` in the light and the dark scheme. */
const CANVAS = { light: '#ffffff', dark: '#121212' } as const;

/**
 * The first opaque background colour at an element or around it, as CSS; the browser's own where
 * nothing has one. Background images have no one colour, and are passed over.
 */
export function backdropOf(element: Element): string {
  for (const at of ancestorsOf(element)) {
    const { backgroundColor } = styleOf(at);
    if (isOpaque(backgroundColor)) return backgroundColor;
  }
  const { colorScheme } = styleOf(document.documentElement);
  if (!colorScheme.includes('dark')) return CANVAS.light;
  const dark = !colorScheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches;
  return dark ? CANVAS.dark : CANVAS.light;
}

/** Computed colours are `rgb(…)`, `rgba(…)` with an alpha, or `color(… / alpha)`. */
function isOpaque(colour: string): boolean {
  if (colour === '' || colour === 'transparent') return false;
  const alpha = /^rgba\(.*,\s*([\d.]+)\)$|\/\s*([\d.]+%?)\s*\)$/.exec(colour);
  return alpha === null || Number.parseFloat(alpha[1] ?? alpha[2] ?? '1') >= 0.5;
}
