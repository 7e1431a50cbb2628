import { expect, it } from 'vitest';
import { measurePixels } from '../../../../utils/core/image/measure';
import * as make from './samples';

async function measured(image: ReturnType<typeof make.photo>) {
  return measurePixels(new Uint8ClampedArray(await image.ensureAlpha().raw().toBuffer()));
}

it('tells a photograph from flat art', async () => {
  expect((await measured(make.photo(64, 48))).flatness).toBeLessThan(0.3);
  expect((await measured(make.flat(64, 48))).flatness).toBeGreaterThan(0.9);
});

it('sees a single see-through pixel', () => {
  const rgba = new Uint8ClampedArray(4 * 100).fill(255);
  expect(measurePixels(rgba).opaque).toBe(true);
  rgba[4 * 57 + 3] = 254;
  expect(measurePixels(rgba).opaque).toBe(false);
});

it('measures nothing as not flat', () => {
  expect(measurePixels(new Uint8ClampedArray())).toEqual({ opaque: true, flatness: 0 });
});
