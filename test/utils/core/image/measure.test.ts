import { describe, expect, it } from 'vitest';
import { measurePixels, shareThatStandsOut } from '../../../../utils/core/image/measure';
import * as make from './samples';

async function measured(image: ReturnType<typeof make.photo>) {
  const raw = image.ensureAlpha().raw();
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  return measurePixels(new Uint8ClampedArray(data), { width: info.width, alpha: true });
}

it('tells a photograph from flat art', async () => {
  expect((await measured(make.photo(64, 48))).flatness).toBeLessThan(0.3);
  expect((await measured(make.flat(64, 48))).flatness).toBeGreaterThan(0.9);
});

// A page of text between white margins: what is told by some rows must hold for all.
it('tells a tall page of few lines from a photograph below a heading', async () => {
  const tall = { left: 0, top: 300 };
  const onto = (base: ReturnType<typeof make.photo>, input: Buffer) =>
    base.composite([{ input, ...tall }]);
  const noise = await make.photo(64, 600).png().toBuffer();
  const plain = await make.flat(64, 600).png().toBuffer();
  expect((await measured(onto(make.flat(64, 1000), noise))).flatness).toBeCloseTo(0.4, 1);
  expect((await measured(onto(make.photo(64, 1000), plain))).flatness).toBeCloseTo(0.6, 1);
});

it('sees a single see-through pixel, wherever it is', () => {
  const rgba = new Uint8ClampedArray(4 * 1000).fill(255);
  const all = { width: 2, alpha: true };
  expect(measurePixels(rgba, all).opaque).toBe(true);
  // In a row that is not looked at for flatness.
  rgba[4 * 577 + 3] = 254;
  expect(measurePixels(rgba, all).opaque).toBe(false);
});

it('takes the word of a format that knows no see-through pixels', () => {
  const rgba = new Uint8ClampedArray(4 * 100);
  expect(measurePixels(rgba, { width: 10, alpha: false }).opaque).toBe(true);
});

it('measures nothing as not flat', () => {
  const nothing = measurePixels(new Uint8ClampedArray(), { width: 1, alpha: true });
  expect(nothing).toEqual({ opaque: true, flatness: 0 });
});

describe('what stands out from the colour behind it', () => {
  const white = [255, 255, 255] as const;
  const pixels = (...rgba: number[]) => new Uint8ClampedArray(rgba);

  it('is all of a dark icon on white, and nothing of a white or nearly white one', () => {
    expect(shareThatStandsOut(pixels(20, 20, 20, 255, 0, 0, 0, 0), white)).toBe(1);
    expect(shareThatStandsOut(pixels(255, 255, 255, 255, 0, 0, 0, 0), white)).toBe(0);
    expect(shareThatStandsOut(pixels(240, 240, 240, 255), white)).toBe(0);
    expect(shareThatStandsOut(pixels(255, 255, 255, 255), [17, 17, 17])).toBe(1);
  });

  it('is less the more shines through', () => {
    expect(shareThatStandsOut(pixels(0, 0, 0, 20), white)).toBe(0);
    expect(shareThatStandsOut(pixels(0, 0, 0, 200, 255, 255, 255, 200), white)).toBe(0.5);
  });

  it('is all of what shows nothing', () => {
    expect(shareThatStandsOut(new Uint8ClampedArray(400), white)).toBe(1);
  });

  it('is told by samples of a large image', () => {
    const rgba = new Uint8ClampedArray(4 * 1024 * 1024).fill(255);
    // Every other column is dark.
    for (let at = 0; at < rgba.length; at += 8) rgba.fill(0, at, at + 3);
    expect(shareThatStandsOut(rgba, white)).toBeCloseTo(0.5, 1);
  });
});
