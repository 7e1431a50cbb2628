import { describe, expect, it } from 'vitest';
import { fit, placed } from '../../../../utils/core/image/fit';

describe('fit', () => {
  it.each([
    ['leaves a small image alone', [640, 480], [640, 480]],
    ['leaves one that just fits alone', [2048, 2048], [2048, 2048]],
    ['scales the longer side to the limit', [4000, 3000], [2048, 1536]],
    ['does so for portraits', [3000, 4000], [1536, 2048]],
    ['rounds to whole pixels', [2725, 2225], [2048, 1672]],
    ['never loses a side altogether', [100_000, 1], [2048, 1]],
    ['leaves a single pixel alone', [1, 1], [1, 1]],
  ])('%s', (_, [width = 0, height = 0], [fittedWidth = 0, fittedHeight = 0]) => {
    const fitted = fit({ width, height }, { maxSide: 2048 });
    expect(fitted).toEqual({ width: fittedWidth, height: fittedHeight });
  });

  it.each([
    ['scales the shorter side to its limit', [4000, 3000], [1024, 768]],
    ['does so for portraits', [3000, 4000], [768, 1024]],
    ['rounds down, so that nothing stands over', [1000, 999], [768, 768]],
    ['keeps to both limits', [8000, 1000], [2048, 256]],
    ['leaves what is within both alone', [2048, 768], [2048, 768]],
  ])('%s', (_, [width = 0, height = 0], [fittedWidth = 0, fittedHeight = 0]) => {
    const fitted = fit({ width, height }, { maxSide: 2048, shortSide: 768 });
    expect(fitted).toEqual({ width: fittedWidth, height: fittedHeight });
  });
});

describe('placed', () => {
  const SHAPE = { minSide: 32, maxRatio: 100 };
  const size = ([width, height]: readonly [number, number]) => ({ width, height });

  it.each([
    ['leaves what is large enough alone', [32, 48], [32, 48], [32, 48]],
    ['enlarges an icon by a whole number', [16, 16], [64, 64], [64, 64]],
    ['enlarges a narrow one', [27, 130], [81, 390], [81, 390]],
    ['gives a strip a margin', [332, 27], [332, 27], [332, 32]],
    [
      'gives one a margin that is narrower than its length allows',
      [8000, 40],
      [8000, 40],
      [8000, 80],
    ],
    ['does both', [1, 250], [2, 500], [32, 500]],
  ] as const)('%s', (_, own, image, canvas) => {
    expect(placed(size(own), SHAPE)).toEqual({ image: size(image), canvas: size(canvas) });
    const turned = ([width, height]: readonly [number, number]) => size([height, width]);
    const upright = { image: turned(image), canvas: turned(canvas) };
    expect(placed(turned(own), SHAPE)).toEqual(upright);
  });

  it('leaves all alone where any shape is taken', () => {
    const strip = size([3, 2000]);
    expect(placed(strip, undefined)).toEqual({ image: strip, canvas: strip });
  });
});
