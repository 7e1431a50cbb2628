import { describe, expect, it } from 'vitest';
import { fit } from '../../../../utils/core/image/fit';

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
