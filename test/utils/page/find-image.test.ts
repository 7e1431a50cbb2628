// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { findFrame, findImage } from '../../../utils/page/find-image';
import { focusElement } from '../../../utils/page/focus';

const SRC = 'https://images.example.com/dog.jpg';

/** jsdom loads no images, so their `currentSrc` is set by hand. */
function page(html: string): void {
  document.body.innerHTML = html;
  for (const image of document.querySelectorAll('img')) setSource(image);
}

function setSource(image: HTMLImageElement): void {
  Object.defineProperty(image, 'currentSrc', { value: image.dataset.current ?? image.src });
}

beforeEach(() => page(''));

describe('findImage', () => {
  it('goes by the source shown, not by the fallback', () => {
    page(
      `<img id="a" src="${SRC}" data-current="https://images.example.com/dog-2x.jpg"><img id="b" src="${SRC}">`,
    );
    expect(findImage(SRC)?.id).toBe('b');
  });

  it('means the one in the focused link where several show the same', () => {
    page(
      `<img id="a" src="${SRC}"><a href="#"><img id="b" src="${SRC}"></a><img id="c" src="${SRC}">`,
    );
    document.querySelector('a')?.focus();
    expect(findImage(SRC)?.id).toBe('b');
  });

  it('knows image buttons and images inside SVG', () => {
    page(`<input type="image" id="a" src="${SRC}">`);
    expect(findImage(SRC)?.id).toBe('a');
  });

  it('looks into open shadow roots', () => {
    const host = document.createElement('div');
    const image = document.createElement('img');
    image.src = SRC;
    setSource(image);
    host.attachShadow({ mode: 'open' }).append(image);
    document.body.append(host);
    expect(findImage(SRC)).toBe(image);
  });

  it('gives nothing for an image that is gone', () => {
    expect(findImage(SRC)).toBeUndefined();
  });
});

it('finds the frame that shows a document', () => {
  page(
    '<iframe id="a" src="https://a.example/"></iframe><iframe id="b" src="https://b.example/"></iframe>',
  );
  expect(findFrame('https://b.example/')?.id).toBe('b');
});

it('focuses an image and leaves no attribute behind', () => {
  page(`<img id="a" src="${SRC}" alt=""><button id="b">b</button>`);
  const image = document.querySelector('img');
  if (image) focusElement(image);
  expect(document.activeElement?.id).toBe('a');
  document.querySelector('button')?.focus();
  expect(image?.hasAttribute('tabindex')).toBe(false);
});
