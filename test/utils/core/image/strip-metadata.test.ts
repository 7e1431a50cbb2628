import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { isStrippable, stripMetadata } from '../../../../utils/core/image/strip-metadata';
import { sniffImage } from '../../../../utils/core/image/sniff';
import * as make from './samples';

const SECRETS = ['SECRET', 'Exif', 'Secret', 'adobe:ns:meta'];

function expectNoSecret(bytes: Uint8Array | undefined): void {
  const latin1 = Buffer.from(bytes ?? []).toString('latin1');
  for (const secret of SECRETS) expect(latin1).not.toContain(secret);
}

/** The decoded pixels must not change by one bit. */
async function expectSamePixels(before: Uint8Array, after: Uint8Array | undefined): Promise<void> {
  const pixels = await sharp(before).raw().toBuffer();
  expect(
    await sharp(after ?? new Uint8Array())
      .raw()
      .toBuffer(),
  ).toEqual(pixels);
}

describe('stripMetadata', () => {
  it.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
    ['optimised', { mozjpeg: true }],
  ])('takes place, camera and author out of a %s JPEG, and no pixel', async (_, options) => {
    const jpeg = make.photo(64, 48).jpeg({ quality: 90, ...options });
    const original = await make.cameraJpeg(sharp(await make.bytesOf(jpeg)));
    expect(Buffer.from(original).toString('latin1')).toContain('SECRETCAM');
    const stripped = stripMetadata(original, 'image/jpeg');
    expectNoSecret(stripped);
    await expectSamePixels(original, stripped);
  });

  it('keeps restart markers inside a scan', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const stuffed = make.concat(
      jpeg.subarray(0, -2),
      make.bytes(0xff, 0xd0, 1, 0xff, 0, 2, 0xff, 0xd9),
    );
    expect(stripMetadata(stuffed, 'image/jpeg')).toEqual(stuffed);
  });

  it('keeps a colour profile, which changes what is seen', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const wide = await make.bytesOf(make.photo(64, 48).toFormat(type).withIccProfile('p3'));
      const { icc } = await sharp(wide).metadata();
      const kept = await sharp(stripMetadata(wide, `image/${type}`)).metadata();
      expect(icc).toBeDefined();
      expect(kept.icc).toEqual(icc);
    }
  });

  it('cuts off what follows the end, such as a second image with a place of its own', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const tail = make.text('SECRET tail');
    expect(stripMetadata(make.concat(jpeg, tail), 'image/jpeg')).toEqual(jpeg);
    const png = await make.bytesOf(make.photo(64, 48).png());
    expect(stripMetadata(make.concat(png, tail), 'image/png')).toHaveLength(png.length);
  });

  it('empties the thumbnail inside a JFIF header', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const jfif = make.concat(
      make.bytes(0xff, 0xd8, 0xff, 0xe0, 0, 19),
      make.text('JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01'),
      make.bytes(1, 2, 3),
    );
    const original = make.concat(jfif, jpeg.subarray(jpeg[3] === 0xe0 ? 20 : 2));
    const stripped = stripMetadata(original, 'image/jpeg');
    expect(stripped?.subarray(2, 20)).toEqual(
      make.concat(make.bytes(0xff, 0xe0, 0, 16), make.text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    );
    await expectSamePixels(original, stripped);
  });

  it('takes words, times and EXIF out of a PNG, and no pixel', async () => {
    let png = await make.bytesOf(make.flat(64, 48).png());
    for (const name of ['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'prVt']) {
      png = make.withChunk(png, name, make.text('Author\0SECRET'));
    }
    const stripped = stripMetadata(png, 'image/png');
    expectNoSecret(stripped);
    await expectSamePixels(await make.bytesOf(make.flat(64, 48).png()), stripped);
  });

  it.each([{ lossless: false }, { lossless: true }])('strips a WebP %o', async (options) => {
    const image = make.photo(64, 48).webp(options);
    const exif = { IFD0: { Make: 'SECRETCAM' } };
    const original = await make.bytesOf(image.withExif(exif).withXmp('<x>SECRETXMP</x>'));
    expect(Buffer.from(original).toString('latin1')).toContain('SECRETXMP');
    const stripped = stripMetadata(original, 'image/webp');
    expectNoSecret(stripped);
    await expectSamePixels(original, stripped);
    const { exif: left, xmp } = await sharp(stripped).metadata();
    expect([left, xmp]).toEqual([undefined, undefined]);
    expect(Buffer.from(stripped ?? []).readUInt32LE(4)).toBe((stripped?.length ?? 0) - 8);
  });

  it('gives nothing for a file that is cut short', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const whole = await make.bytesOf(make.photo(64, 48).toFormat(type));
      expect(stripMetadata(whole, `image/${type}`)).toBeDefined();
      expect(stripMetadata(whole.subarray(0, -40), `image/${type}`)).toBeUndefined();
      expect(stripMetadata(whole.subarray(0, 30), `image/${type}`)).toBeUndefined();
    }
  });

  it('gives nothing for a JPEG with a segment that is shorter than its own length', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const short = make.concat(jpeg.subarray(0, 2), make.bytes(0xff, 0xc4, 0, 1), jpeg.subarray(2));
    expect(stripMetadata(short, 'image/jpeg')).toBeUndefined();
  });

  it('never throws, whichever byte is wrong', async () => {
    for (const file of await make.oneOfEach()) {
      const type = sniffImage(file)?.type ?? '';
      if (!isStrippable(type)) continue;
      for (let at = 0; at < Math.min(file.length, 700); at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const wrong = file.slice();
          wrong[at] = value;
          expect(() => stripMetadata(wrong, type)).not.toThrow();
        }
      }
    }
  });
});
