// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { setAlt, undoAlt } from '../../../utils/page/alt-text';

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
    const image = element(html);
    const before = image.outerHTML;
    setAlt(image, 'A "dog"');
    expect(image.outerHTML).toContain(expected);
    // What was there first comes back, however often it was changed.
    setAlt(image, 'Another');
    undoAlt(image);
    expect(image.outerHTML).toBe(before);
    undoAlt(image);
    expect(image.outerHTML).toBe(before);
  });

  it('is empty for a decorative image', () => {
    const img = element('<img alt="x">');
    setAlt(img, '');
    expect(img.getAttribute('alt')).toBe('');
    const svg = element('<svg aria-label="x"></svg>');
    setAlt(svg, '');
    expect(svg.outerHTML).toBe('<svg role="presentation"></svg>');
  });

  it('is refused by what may hold more than an image', () => {
    const box = element('<div style="background:url(x)"><p>Words</p></div>');
    expect(() => setAlt(box, 'A dog')).toThrow('altUnsupported');
    expect(box.attributes).toHaveLength(1);
  });
});
