// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { putAlt, takeBackAlt } from '../../../utils/page/alt-text';

function element(html: string): Element {
  document.body.innerHTML = html;
  const found = document.body.firstElementChild;
  if (!found) throw new Error('no element');
  return found;
}

describe('alt text put into a page', () => {
  it.each([
    ['<img alt="IMG_2041">', 'alt="A &quot;dog&quot;"'],
    ['<img>', 'alt='],
    ['<input type="image" alt="">', 'alt='],
    ['<canvas></canvas>', 'role="img" aria-label='],
    ['<svg role="group"></svg>', 'role="img" aria-label='],
    ['<video></video>', 'aria-label='],
  ])('is read and taken back: %s', (html, expected) => {
    const picture = element(html);
    const before = picture.outerHTML;
    putAlt(picture, 'A "dog"');
    expect(picture.outerHTML).toContain(expected);
    // What was there first comes back, however often it was changed.
    putAlt(picture, 'Another');
    takeBackAlt(picture);
    expect(picture.outerHTML).toBe(before);
    takeBackAlt(picture);
    expect(picture.outerHTML).toBe(before);
  });

  it('is empty for a decorative picture', () => {
    const img = element('<img alt="x">');
    putAlt(img, '');
    expect(img.getAttribute('alt')).toBe('');
    const svg = element('<svg aria-label="x"></svg>');
    putAlt(svg, '');
    expect(svg.outerHTML).toBe('<svg role="presentation"></svg>');
  });

  it('is refused by what may hold more than a picture', () => {
    const box = element('<div style="background:url(x)"><p>Words</p></div>');
    expect(() => putAlt(box, 'A dog')).toThrow('altNotTaken');
    expect(box.attributes).toHaveLength(1);
  });
});
