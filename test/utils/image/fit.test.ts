import { describe, expect, it } from 'vitest';
import { fit } from '../../../utils/image/fit';

describe('fit', () => {
  it.each([
    ['leaves a small picture alone', [640, 480], [640, 480]],
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
});
