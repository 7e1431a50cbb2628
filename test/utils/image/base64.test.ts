import { expect, it } from 'vitest';
import { dataUrlOf } from '../../../utils/image/base64';

it.each([0, 1, 2, 3, 0x6000, 0x6001, 200_000])('writes %i bytes as a data URL', async (length) => {
  const bytes = new Uint8Array(length).map((_, at) => (at * 31) % 256);
  const url = dataUrlOf(bytes, 'image/png');
  expect(url.startsWith('data:image/png;base64,')).toBe(true);
  expect(new Uint8Array(Buffer.from(url.slice(22), 'base64'))).toEqual(bytes);
});

it('leaves it to the browser where that can', () => {
  const bytes = Object.assign(new Uint8Array(3), { toBase64: () => 'from the browser' });
  expect(dataUrlOf(bytes, 'image/png')).toBe('data:image/png;base64,from the browser');
});
