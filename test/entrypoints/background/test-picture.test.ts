import { expect, it } from 'vitest';
import { namesPicture } from '../../../entrypoints/background/test-picture';

const shown = { colour: 'green', shape: 'triangle' } as const;

it.each([
  'Green triangle',
  'green, triangle.',
  'The picture shows a **green triangle**.',
  'GREEN TRIANGULAR shape',
])('%s: seen', (answer) => expect(namesPicture(answer, shown)).toBe(true));

it.each([
  'Green',
  'A triangle',
  'Red triangle',
  'Green circle',
  // All of them is no answer.
  'Red, green, blue or yellow; a circle, a square or a triangle',
  'I cannot see pictures.',
  'A beautiful sunset',
  '',
])('%s: not seen', (answer) => expect(namesPicture(answer, shown)).toBe(false));
