/** Where to put a card: beside its image, on the screen, off other cards and images. Pure. */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** What the card should not hide. */
export interface Neighbours {
  cards?: readonly Box[];
  /** Other images in view. */
  images?: readonly Box[];
}

/** Space between the card and its image, and between the card and the edge, in CSS pixels. */
const GAP = 12;

/**
 * Hidden pixels that one pixel of distance is worth: a card far from its image seems to belong to
 * none.
 */
const DISTANCE_COST = 100;

/**
 * The card's top left corner, in CSS pixels of the viewport: right of the image, else left, below,
 * above, or a corner; whichever is nearest to the image and hides the least. Never off screen.
 *
 * @param card its largest size, so that a growing card need not move.
 */
export function placeCard(
  anchor: Box | undefined,
  card: Size,
  viewport: Size,
  { cards = [], images = [] }: Neighbours = {},
): { left: number; top: number } {
  const corners = [
    { left: viewport.width, top: viewport.height },
    { left: viewport.width, top: 0 },
    { left: 0, top: viewport.height },
    { left: 0, top: 0 },
  ];
  const options = anchor
    ? [...beside(anchor, card), ...corners]
    : [{ left: viewport.width, top: 0 }];
  const places = options.map((option) => keepInView({ ...option, ...card }, viewport));
  let best = places[0] ?? { left: GAP, top: GAP };
  let least = Infinity;
  for (const place of places) {
    const box = { ...place, ...card };
    const hides = (others: readonly Box[]) =>
      others.reduce((sum, other) => sum + overlap(box, other), 0);
    // A card holds words to read; another image may be the next to be asked about.
    const cost =
      hides(anchor ? [anchor] : []) +
      2 * hides(cards) +
      hides(images) / 2 +
      (anchor ? DISTANCE_COST * Math.max(0, distance(box, anchor) - GAP) : 0);
    if (cost >= least) continue;
    best = place;
    least = cost;
  }
  return best;
}

/**
 * The nearest position that shows the whole card, or its top left where the screen is too small.
 */
export function keepInView(card: Box, viewport: Size): { left: number; top: number } {
  const within = (value: number, size: number, space: number) =>
    Math.max(GAP, Math.min(value, space - size - GAP));
  return {
    left: within(card.left, card.width, viewport.width),
    top: within(card.top, card.height, viewport.height),
  };
}

function beside({ left, top, width, height }: Box, card: Size): { left: number; top: number }[] {
  return [
    { left: left + width + GAP, top },
    { left: left - card.width - GAP, top },
    { left, top: top + height + GAP },
    { left, top: top - card.height - GAP },
  ];
}

/** The gap between two boxes, in pixels; 0 where they touch. */
function distance(a: Box, b: Box): number {
  const gap = (start: number, size: number, otherStart: number, otherSize: number) =>
    Math.max(0, otherStart - start - size, start - otherStart - otherSize);
  return Math.hypot(gap(a.left, a.width, b.left, b.width), gap(a.top, a.height, b.top, b.height));
}

/** The area that two boxes share, in square pixels. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
