// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { vectorSize } from '../../../utils/page/draw';

it.each([
  ['a small drawing', [24, 12], [1024, 512]],
  ['a drawing that shows what it holds', [1600, 900], [1600, 900]],
  ['the plan of a house', [12_722, 8_995], [3072, 2172]],
  ['a drawing without a size', [0, 0], [1024, 1024]],
  ['a line', [50_000, 1], [3072, 1]],
])('%s is drawn at a size that a model looks at', (_, [width, height], drawn) => {
  const size = vectorSize({ naturalWidth: width ?? 0, naturalHeight: height ?? 0 });
  expect([size.width, size.height]).toEqual(drawn);
});
