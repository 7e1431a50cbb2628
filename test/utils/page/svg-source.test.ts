// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { svgSource } from '../../../utils/page/svg-source';

function source(inner: string): string | undefined {
  document.body.innerHTML = `<style>.sea { fill: rgb(0, 0, 200) }</style><svg viewBox="0 0 4 3">${inner}</svg>`;
  const svg = document.querySelector('svg');
  if (!svg) throw new Error('no svg');
  return svgSource(svg);
}

describe('svgSource', () => {
  it('takes the page’s styles along, and leaves its scripts behind', () => {
    const file = source('<rect class="sea" width="4" height="3"/><script>alert(1)</script>');
    expect(file).toContain('fill:rgb(0, 0, 200)');
    expect(file).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(file).not.toContain('alert');
  });

  it('leaves the page’s own drawing as it was', () => {
    source('<rect class="sea" width="4" height="3"/>');
    expect(document.querySelector('rect')?.getAttribute('style')).toBeNull();
  });

  it('gives up where the drawing needs more than itself', () => {
    expect(source('<image href="https://a.example/a.png"/>')).toBeUndefined();
    expect(source('<use href="#elsewhere"/>')).toBeUndefined();
    expect(source('<foreignObject><p>x</p></foreignObject>')).toBeUndefined();
    expect(source('<symbol id="own"/><use href="#own"/>')).toBeDefined();
  });
});
