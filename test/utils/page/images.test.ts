// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { pageImages, imageAt, foundImageOf, type FoundImage } from '../../../utils/page/images';

beforeEach(() => {
  document.body.innerHTML = '';
  // jsdom lays out nothing: what is on the page has a box, as far as it says so.
  Element.prototype.getBoundingClientRect = function box(this: Element) {
    const [x = 0, y = 0, width = 0, height = 0] = (this.getAttribute('data-box') ?? '')
      .split(' ')
      .map(Number);
    return new DOMRect(x, y, width, height);
  };
  document.elementsFromPoint = () => [];
});

function types(html: string): string[] {
  document.body.innerHTML = html;
  return pageImages().map(({ type }) => type);
}

const BOX = 'data-box="0 0 100 80"';

describe('pageImages', () => {
  it('finds each kind, in the order of the page', () => {
    expect(
      types(`<img ${BOX} src="a.png"><input ${BOX} type="image" src="b.png">
        <svg ${BOX}><path d=""/><path d=""/></svg><canvas ${BOX}></canvas><video ${BOX}></video>
        <div ${BOX} style="background-image: url('c.png')"></div>
        <object ${BOX} data="d.png" type="image/png"></object><embed ${BOX} src="e.svg">`),
    ).toEqual(['image', 'image', 'drawing', 'canvas', 'video', 'background', 'image', 'image']);
  });

  it('leaves out what is no image, hidden, or too small to be seen', () => {
    expect(
      types(`<p ${BOX}>Words</p><img data-box="0 0 1 1" src="a.png"><img ${BOX}>
        <svg ${BOX}></svg><img ${BOX} src="a.png" style="visibility: hidden">
        <object ${BOX} data="d.pdf" type="application/pdf"></object><input ${BOX} type="text">`),
    ).toEqual([]);
  });

  it('looks into open shadow roots', () => {
    document.body.innerHTML = '<div id="host"></div>';
    const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
    if (root) root.innerHTML = `<img ${BOX} src="a.png">`;
    expect(pageImages()).toHaveLength(1);
  });

  it('takes an SVG that only frames a photograph for the photograph', () => {
    document.body.innerHTML = `<svg ${BOX}><image href="https://a.example/a.png"/></svg>`;
    expect(pageImages()).toMatchObject([
      { type: 'image', srcUrl: 'https://a.example/a.png', element: { localName: 'image' } },
    ]);
  });
});

it('foundImageOf gives a video’s poster as its address until it has played', () => {
  document.body.innerHTML = '<video poster="https://a.example/p.jpg"></video>';
  const video = document.querySelector('video');
  if (!video) throw new Error('no video');
  const played = { length: 0 };
  Object.defineProperty(video, 'played', { value: played });
  expect(foundImageOf(video)).toMatchObject({ type: 'video', srcUrl: 'https://a.example/p.jpg' });
  played.length = 1;
  expect(foundImageOf(video)).toMatchObject({ srcUrl: '' });
});

describe('imageAt', () => {
  const at = (images: FoundImage[], x: number, y: number) => imageAt(images, x, y)?.element.id;

  it('means the smallest around a point, where something lies over them all', () => {
    document.body.innerHTML = `<img id="large" data-box="0 0 200 200" src="a.png">
      <img id="small" data-box="50 50 40 40" src="b.png">`;
    const images = pageImages();
    expect(at(images, 60, 60)).toBe('small');
    expect(at(images, 10, 10)).toBe('large');
    expect(at(images, 300, 10)).toBeUndefined();
  });

  it('means what stands on a background before the background', () => {
    document.body.innerHTML = `<div id="back" data-box="0 0 50 50" style="background-image: url('c.png')"></div>
      <img id="front" data-box="0 0 200 200" src="a.png">`;
    expect(at(pageImages(), 10, 10)).toBe('front');
  });
});
