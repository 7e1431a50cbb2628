import { describe, expect, it } from 'vitest';
import { keepInView, placeCard, type Box } from '../../../utils/page/place';

const viewport = { width: 1280, height: 800 };
const card = { width: 360, height: 480 };

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

describe('placeCard', () => {
  it('stands right of its image, else left of it', () => {
    expect(placeCard({ left: 100, top: 50, width: 300, height: 200 }, card, viewport).left).toBe(
      412,
    );
    expect(placeCard({ left: 800, top: 50, width: 300, height: 200 }, card, viewport).left).toBe(
      428,
    );
  });

  it('is never off screen, wherever the image is', () => {
    for (const left of [-2_000, -100, 0, 640, 1_270, 5_000]) {
      for (const top of [-2_000, -100, 0, 400, 790, 5_000]) {
        const place = placeCard({ left, top, width: 300, height: 200 }, card, viewport);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.left + card.width).toBeLessThanOrEqual(viewport.width);
        expect(place.top + card.height).toBeLessThanOrEqual(viewport.height);
      }
    }
  });

  it('keeps to a corner of an image that fills the screen', () => {
    const place = placeCard({ left: 0, top: 0, width: 1280, height: 800 }, card, viewport);
    expect(place).toEqual({ left: 908, top: 12 });
  });

  it('does not cover the cards that stand already', () => {
    const anchor = { left: 450, top: 100, width: 200, height: 200 };
    const first = { ...placeCard(anchor, card, viewport), ...card };
    const second = {
      ...placeCard({ ...anchor, top: 150 }, card, viewport, { cards: [first] }),
      ...card,
    };
    expect(overlaps(first, second)).toBe(false);
  });

  it('leaves a row of images free for the next click', () => {
    const row = [0, 1, 2, 3].map((i) => ({ left: 20 + 220 * i, top: 50, width: 200, height: 150 }));
    const [anchor, ...images] = row;
    const place = { ...placeCard(anchor, card, viewport, { images }), ...card };
    expect(images.some((image) => overlaps(place, image))).toBe(false);
    expect(place).toMatchObject({ left: 20, top: 212 });
  });

  it('rather covers part of another image than stand far from its own', () => {
    const grid = [20, 430, 840].flatMap((left) =>
      [60, 420].map((top) => ({ left, top, width: 380, height: 300 })),
    );
    for (const anchor of grid) {
      const images = grid.filter((image) => image !== anchor);
      const place = { ...placeCard(anchor, { width: 360, height: 440 }, viewport, { images }) };
      const gap = Math.max(
        place.left - anchor.left - anchor.width,
        anchor.left - place.left - card.width,
      );
      expect(gap).toBeLessThanOrEqual(100);
    }
  });

  it('shows its top left where the screen is too small', () => {
    expect(keepInView({ left: 50, top: 50, ...card }, { width: 200, height: 200 })).toEqual({
      left: 12,
      top: 12,
    });
  });
});
