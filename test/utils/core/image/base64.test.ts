import { expect, it } from 'vitest';
import { blobOfDataUrl, dataUrlOf } from '../../../../utils/core/image/base64';

it.each([0, 1, 2, 3, 0x6000, 0x6001, 200_000])('writes %i bytes as a data URL', async (length) => {
  const bytes = new Uint8Array(length).map((_, at) => (at * 31) % 256);
  const url = dataUrlOf(bytes, 'image/png');
  expect(url.startsWith('data:image/png;base64,')).toBe(true);
  expect(new Uint8Array(Buffer.from(url.slice(22), 'base64'))).toEqual(bytes);
});

it('reads a data URL back', async () => {
  const bytes = Uint8Array.of(0, 1, 128, 255);
  const blob = blobOfDataUrl(dataUrlOf(bytes, 'image/png'));
  expect(blob.type).toBe('image/png');
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
  expect(blobOfDataUrl('data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=').type).toBe(
    'image/svg+xml',
  );
  expect(() => blobOfDataUrl('data:text/plain,not base64')).toThrow('');
});

it('leaves writing to the browser where that can', () => {
  const bytes = Object.assign(new Uint8Array(3), { toBase64: () => 'from the browser' });
  expect(dataUrlOf(bytes, 'image/png')).toBe('data:image/png;base64,from the browser');
});

it('leaves reading to the browser where that can', async () => {
  const fromBase64 = (base64: string) => Uint8Array.of(base64.length);
  Object.assign(Uint8Array, { fromBase64 });
  const blob = blobOfDataUrl('data:image/png;base64,AAAA');
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.of(4));
  Reflect.deleteProperty(Uint8Array, 'fromBase64');
});
