// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { backdropOf } from '../../../utils/page/backdrop';

beforeEach(() => document.body.removeAttribute('style'));

function behind(html: string): string {
  document.body.innerHTML = html;
  const [image] = document.images;
  if (!image) throw new Error('no image');
  return backdropOf(image);
}

it('is the nearest colour that hides what is behind it', () => {
  expect(
    behind(
      '<div style="background: rgb(1, 2, 3)"><p style="background: rgba(9, 9, 9, 0.1)"><img></p></div>',
    ),
  ).toBe('rgb(1, 2, 3)');
});

it('is the image’s own, where it has one', () => {
  expect(behind('<img style="background: rgb(4, 5, 6)">')).toBe('rgb(4, 5, 6)');
});

it('is the browser’s white where the page has none', () => {
  expect(behind('<img>')).toBe('#ffffff');
});
