import { expect, it } from 'vitest';
import { namesImage } from '../../../../entrypoints/background/connections/test-image';

const shown = { colour: 'green', shape: 'triangle' } as const;

it.each([
  'Green triangle',
  'green, triangle.',
  'The image shows a **green triangle**.',
  'GREEN TRIANGULAR shape',
])('%s: seen', (answer) => expect(namesImage(answer, shown)).toBe(true));

it.each([
  'Green',
  'A triangle',
  'Red triangle',
  'Green circle',
  // All of them is no answer.
  'Red, green, blue or yellow; a circle, a square or a triangle',
  'I cannot see images.',
  'A beautiful sunset',
  '',
])('%s: not seen', (answer) => expect(namesImage(answer, shown)).toBe(false));
