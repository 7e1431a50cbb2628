import { describe, expect, it } from 'vitest';
import { routesFor } from '../../../utils/jobs/routes';

const page = 'https://shop.example.com/chairs';

function routes(srcUrl: string, { takesUrls = true, pageUrl = page } = {}) {
  return routesFor({ srcUrl, pageUrl, documentUrl: pageUrl, frameId: 0 }, { takesUrls });
}

describe('routesFor', () => {
  it('sends the address of a public image to a server that takes addresses', () => {
    expect(routes('https://cdn.example.net/a.jpg')[0]).toBe('url');
  });

  it('sends bytes to a server that does not', () => {
    expect(routes('https://cdn.example.net/a.jpg', { takesUrls: false })).toEqual([
      'page',
      'background',
    ]);
  });

  it('reads the tab’s own images without waiting for the page', () => {
    expect(routes('https://shop.example.com/a.jpg', { takesUrls: false })[0]).toBe('background');
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

  it('leaves blob: and file: to the page, and data: only what it cannot do itself', () => {
    expect(routes('blob:https://shop.example.com/1-2')).toEqual(['page']);
    expect(routes('file:///home/a.png')).toEqual(['page']);
    expect(routes('data:image/png;base64,AAAA')).toEqual(['background', 'page']);
  });

  it('survives a page without an origin', () => {
    expect(routes('https://cdn.example.net/a.jpg', { pageUrl: '', takesUrls: false })).toHaveLength(
      2,
    );
  });
});
