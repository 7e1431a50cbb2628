import { describe, expect, it } from 'vitest';
import { routesFor } from '../../../../utils/core/jobs/routes';

const page = 'https://shop.example.com/chairs';

function routes(srcUrl: string, { takesUrls = true, pageUrl = page, size = [640, 480] } = {}) {
  const image = { kind: 'element' as const, srcUrl, pageUrl, documentUrl: pageUrl, frameId: 0 };
  const [width = 0, height = 0] = size;
  const limits = { imageShape: { minSide: 32, maxRatio: 100 } };
  return routesFor({ ...image, size: { width, height } }, { takesUrls, limits });
}

describe('routesFor', () => {
  it('sends the address of a public image to a server that takes addresses', () => {
    expect(routes('https://cdn.example.net/a.jpg')[0]).toBe('url');
  });

  it('sends no address of an image that is too small or narrow for the models there', () => {
    for (const size of [
      [16, 16],
      [31, 400],
      [8000, 70],
    ]) {
      expect(routes('https://cdn.example.net/a.jpg', { size })).not.toContain('url');
    }
    expect(routes('https://cdn.example.net/a.jpg', { size: [32, 32] })[0]).toBe('url');
  });

  it('sends bytes to a server that does not', () => {
    expect(routes('https://cdn.example.net/a.jpg', { takesUrls: false })).toEqual([
      'page',
      'background',
      'screenshot',
    ]);
  });

  it('never sends an address that only means something here', () => {
    for (const srcUrl of [
      'http://localhost:3000/a.png',
      'http://192.168.1.5/a.png',
      'http://nas/a.png',
    ]) {
      expect(routes(srcUrl)).not.toContain('url');
    }
  });

  it('leaves blob:, file: and what has no address to the page, then to the screen', () => {
    expect(routes('blob:https://shop.example.com/1-2')).toEqual(['page', 'screenshot']);
    expect(routes('file:///home/a.png')).toEqual(['page', 'screenshot']);
    expect(routes('')).toEqual(['page', 'screenshot']);
  });

  it('knows one route alone for what is no element', () => {
    const image = { srcUrl: '', pageUrl: page, documentUrl: page, frameId: 0 };
    const takes = { takesUrls: true, limits: {} };
    expect(routesFor({ ...image, kind: 'region' }, takes)).toEqual(['screenshot']);
    expect(routesFor({ ...image, kind: 'view' }, takes)).toEqual(['screenshot']);
    expect(routesFor({ ...image, kind: 'file' }, takes)).toEqual(['upload']);
  });

  it('survives a page without an origin', () => {
    expect(routes('https://cdn.example.net/a.jpg', { pageUrl: '', takesUrls: false })).toHaveLength(
      3,
    );
  });
});
