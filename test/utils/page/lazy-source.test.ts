// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { largestOf, sourceOfImage } from '../../../utils/page/lazy-source';

const DOT = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

interface Shown {
  width: number;
  natural: number;
  current?: string;
}

/** jsdom loads and lays out nothing, so what a browser would know is set by hand. */
function image(html: string, { width, natural, current }: Shown): HTMLImageElement {
  document.body.innerHTML = html;
  const [found] = document.images;
  if (!found) throw new Error('no image');
  const values = {
    currentSrc: current ?? found.src,
    complete: true,
    naturalWidth: natural,
    naturalHeight: natural,
    clientWidth: width,
  };
  for (const [name, value] of Object.entries(values)) Object.defineProperty(found, name, { value });
  return found;
}

describe('sourceOfImage', () => {
  it('is what is shown', () => {
    const shown = image('<img src="https://a.example/a.png" data-src="https://a.example/b.png">', {
      width: 300,
      natural: 600,
    });
    expect(sourceOfImage(shown)).toBe('https://a.example/a.png');
  });

  it.each([
    [`<img src="${DOT}" data-src="https://a.example/b.png">`, 1],
    [
      `<img src="${DOT}" data-lazy-srcset="https://a.example/s.png 100w, https://a.example/b.png 800w">`,
      1,
    ],
    ['<img src="https://a.example/blur.jpg" data-original="https://a.example/b.png">', 20],
  ])('is what a placeholder stands for: %s', (html, natural) => {
    expect(sourceOfImage(image(html, { width: 300, natural }))).toBe('https://a.example/b.png');
  });

  it('is the placeholder where it names nothing, or nothing of the web', () => {
    const plain = image(`<img src="${DOT}">`, { width: 300, natural: 1 });
    expect(sourceOfImage(plain)).toBe(DOT);
    const odd = image(`<img src="${DOT}" data-src="javascript:alert(1)">`, {
      width: 9,
      natural: 1,
    });
    expect(sourceOfImage(odd)).toBe(DOT);
  });
});

it('largestOf takes the candidate with the largest descriptor', () => {
  expect(largestOf('a.png 1x, b.png 3x, c.png 2x')).toBe('b.png');
  expect(largestOf('a.png')).toBe('a.png');
  expect(largestOf('')).toBeUndefined();
});
