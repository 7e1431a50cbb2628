// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { backgroundOf, showsMostOf, splitLayers } from '../../../utils/page/backgrounds';

function element(background: string): Element {
  document.body.innerHTML = `<div style='background-image: ${background}'></div>`;
  const [first] = document.body.children;
  if (!first) throw new Error('nothing made');
  return first;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('splitLayers', () => {
  it.each([
    ['url("a.png")', ['url("a.png")']],
    ['url("a,b.png"), none', ['url("a,b.png")', 'none']],
    [
      'linear-gradient(rgb(1, 2, 3), red), url(b.png)',
      ['linear-gradient(rgb(1, 2, 3), red)', 'url(b.png)'],
    ],
    ['url(\'data:image/svg+xml,<a b="),">\')', ['url(\'data:image/svg+xml,<a b="),">\')']],
  ])('%s', (value, layers) => {
    expect(splitLayers(value)).toEqual(layers);
  });
});

describe('backgroundOf', () => {
  it('gives the address of the only image, from the page’s own', () => {
    expect(backgroundOf(element('url("/a.png")'))).toEqual({
      address: new URL('/a.png', document.baseURI).href,
    });
  });

  it('gives no address where several lie over each other: the screen shows them all', () => {
    expect(backgroundOf(element('url("/a.png"), url("/b.png")'))).toEqual({ address: undefined });
    expect(backgroundOf(element('linear-gradient(red, blue), url("/b.png")'))).toEqual({
      address: undefined,
    });
  });

  it('knows no image in a gradient or in nothing', () => {
    expect(backgroundOf(element('linear-gradient(red, blue)'))).toBeUndefined();
    expect(backgroundOf(element('none'))).toBeUndefined();
  });
});

it('showsMostOf tells a sprite from an image', () => {
  const sprite = element('url("/sheet.png")');
  sprite.getBoundingClientRect = () => new DOMRect(0, 0, 40, 40);
  expect(showsMostOf(sprite, { width: 400, height: 400 })).toBe(false);
  expect(showsMostOf(sprite, { width: 40, height: 50 })).toBe(true);
  (sprite as HTMLElement).style.backgroundSize = 'cover';
  expect(showsMostOf(sprite, { width: 400, height: 400 })).toBe(true);
});
