/** Where a card stands: beside its image, on the screen, and off the cards already there. Pure. */

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

/** Space between the card and its image, and between the card and the edge, in CSS pixels. */
const GAP = 12;

/**
 * The card's top left corner, in CSS pixels of the viewport: right of the image, else left, below,
 * above; where none has room, the corner that hides the least of the image. Never off screen.
 *
 * @param card its largest size, so that a growing card need not move.
 * @param taken the cards that already stand there.
 */
export function placeCard(
  anchor: Box | undefined,
  card: Size,
  viewport: Size,
  taken: readonly Box[] = [],
): { left: number; top: number } {
  const corners = [
    { left: viewport.width, top: viewport.height },
    { left: viewport.width, top: 0 },
    { left: 0, top: viewport.height },
    { left: 0, top: 0 },
  ];
  const wishes = anchor
    ? [...beside(anchor, card), ...corners]
    : [{ left: viewport.width, top: 0 }];
  const places = wishes.map((wish) => keepInView({ ...wish, ...card }, viewport));
  let best = places[0] ?? { left: GAP, top: GAP };
  let least = Infinity;
  for (const place of places) {
    const box = { ...place, ...card };
    // Hiding another card is worse than hiding the image, which the person has seen or cannot see.
    const hidden =
      (anchor ? overlap(box, anchor) : 0) +
      2 * taken.reduce((sum, other) => sum + overlap(box, other), 0);
    if (hidden >= least) continue;
    best = place;
    least = hidden;
  }
  return best;
}

/** The nearest position that shows the whole card, or its top left where the screen is too small. */
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

/** The area that two boxes share, in square pixels. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
