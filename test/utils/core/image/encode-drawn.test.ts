/** PNG or JPEG, where there is no original that could go out as it is. */
import { describe, expect, it } from 'vitest';
import { prepareImage, type ImageLimits } from '../../../../utils/core/image/encode';
import * as make from './samples';
import { SharpCodec } from './sharp-codec';

const LIMITS: ImageLimits = {
  imageTypes: ['image/jpeg', 'image/png'],
  maxImageBytes: 3_000_000,
  rule: { kind: 'unknown', maxSide: 2048 },
};

const prepare = (file: Uint8Array<ArrayBuffer>, drawn: boolean) =>
  prepareImage(make.blob(file), LIMITS, new AbortController().signal, {
    codec: new SharpCodec(),
    drawn,
  });

describe('of what the browser drew, prepareImage makes', () => {
  // It went out as the PNG by which it had come: 48 kB in place of 4.
  it.each([true, false])('a JPEG where it shows a photograph (alpha: %s)', async (alpha) => {
    const photo = make.photo(200, 150);
    const png = await make.bytesOf((alpha ? photo.ensureAlpha() : photo).png());
    const prepared = await prepare(png, true);
    expect(prepared).toMatchObject({ mimeType: 'image/jpeg', untouched: false });
    expect(prepared.byteLength).toBeLessThan(png.length / 2);
    // A file of someone's own is left as it is.
    expect(await prepare(png, false)).toMatchObject({ mimeType: 'image/png', untouched: true });
  });

  it('a JPEG without the words and the date that the browser writes into its profile', async () => {
    const png = await make.bytesOf(make.photo(200, 150).png());
    const { dataUrl } = await prepare(png, true);
    const jpeg = Buffer.from(dataUrl.split(',')[1] ?? '', 'base64');
    expect(jpeg.includes('ICC_PROFILE')).toBe(true);
    expect(jpeg.toString('latin1')).not.toMatch(/desc|cprt/);
  });

  it('no JPEG where it shows flat art', async () => {
    const png = await make.bytesOf(make.flat(200, 150).png());
    expect(await prepare(png, true)).toMatchObject({ mimeType: 'image/png', untouched: true });
  });

  it('no JPEG of an icon, whatever it shows', async () => {
    const png = await make.bytesOf(make.photo(64, 48).png());
    expect(await prepare(png, true)).toMatchObject({ mimeType: 'image/png', untouched: true });
  });
});

// By its pixels an icon is no flat art, and JPEG smears the colours of what is so small.
it('prepareImage makes an icon of many colours a PNG', async () => {
  const icon = await make.bytesOf(make.photo(64, 48).webp());
  expect(await prepare(icon, false)).toMatchObject({ mimeType: 'image/png' });
});
