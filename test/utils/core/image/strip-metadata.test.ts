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

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function profileOf(file: Uint8Array | undefined): Promise<Uint8Array> {
  const { icc } = await sharp(file).metadata();
  return new Uint8Array(icc ?? []);
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
    const stripped = await stripMetadata(original, 'image/jpeg');
    expectNoSecret(stripped);
    await expectSamePixels(original, stripped);
  });

  it('keeps restart markers inside a scan', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const stuffed = make.concat(
      jpeg.subarray(0, -2),
      make.bytes(0xff, 0xd0, 1, 0xff, 0, 2, 0xff, 0xd9),
    );
    expect(await stripMetadata(stuffed, 'image/jpeg')).toEqual(stuffed);
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'keeps the colours of a profile in a %s, and nothing else of it',
    async (type) => {
      const original = await make.profiled(type);
      const stripped = await stripMetadata(original, `image/${type}`);
      const [before, after] = [await profileOf(original), await profileOf(stripped)];
      expect(latin1(before)).toContain('Jane Secret');
      expect(latin1(before)).toContain('SERIAL');
      expect(latin1(after)).not.toMatch(/Secret|SERIAL|mmod|desc|APPL/i);
      expectNoSecret(stripped);
      // Neither a date nor a maker, a device, an id.
      expect(
        [...after.subarray(24, 36), ...after.subarray(40, 64)].every((byte) => byte === 0),
      ).toBe(true);
      expect(after.subarray(84, 128)).toEqual(new Uint8Array(44));
      expect(after.length).toBe(new DataView(after.buffer).getUint32(0));
      await expectSamePixels(original, stripped);
      const colours = (file?: Uint8Array) =>
        sharp(file).pipelineColourspace('srgb').toColourspace('srgb').raw().toBuffer();
      expect(await colours(stripped)).toEqual(await colours(original));
      const plain = make.photo(64, 48).toFormat(type, type === 'webp' ? { lossless: true } : {});
      expect(await colours(stripped)).not.toEqual(await colours(await make.bytesOf(plain)));
    },
  );

  it('keeps a profile that came in several segments, in whichever order', async () => {
    const whole = await make.profiled('jpeg');
    const parted = await make.profiled('jpeg', { parts: [2, 1] });
    const stripped = await stripMetadata(parted, 'image/jpeg');
    expect(stripped).toEqual(await stripMetadata(whole, 'image/jpeg'));
    const missing = await make.profiled('jpeg', { parts: [2] });
    expect(await stripMetadata(missing, 'image/jpeg')).toBeUndefined();
  });

  it('gives nothing for a profile that it cannot cut down', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      for (const profile of [
        // Colours by a table, by CICP, by no curve at all, cut short, none.
        make.profile({ A2B0: make.text('mft2') }),
        make.profile({ cicp: make.text('cicp') }),
        make.profile({ rTRC: make.text('text0000Jane Secret') }),
        make.profile().subarray(0, -40),
        make.text('Jane Secret'),
      ]) {
        const file = await make.profiled(type, { profile });
        expect(await stripMetadata(file, `image/${type}`)).toBeUndefined();
      }
    }
  });

  it('gives nothing for a profile that unpacks to a hundred megabytes', async () => {
    const profile = new Uint8Array(100_000_000);
    const file = await make.profiled('png', { profile });
    expect(await stripMetadata(file, 'image/png')).toBeUndefined();
  });

  it('cuts off what stands behind the twelve bytes of an Adobe marker', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const adobe = (...tail: number[]) =>
      make.concat(
        jpeg.subarray(0, 2),
        make.bytes(0xff, 0xee, 0, 14 + tail.length),
        make.text('Adobe'),
        make.bytes(0, 100, 0, 0, 0, 0, 1, ...tail),
        jpeg.subarray(2),
      );
    const original = adobe(...make.text('SECRET'));
    expect(await stripMetadata(original, 'image/jpeg')).toEqual(adobe());
  });

  it('takes out a PNG chunk that is longer than its kind can be', async () => {
    const png = await make.bytesOf(make.flat(64, 48).png());
    for (const name of ['gAMA', 'cHRM', 'sRGB', 'cICP', 'sBIT', 'pHYs', 'tRNS']) {
      const long = make.withChunk(png, name, make.text('SECRET'.repeat(50)));
      expectNoSecret(await stripMetadata(long, 'image/png'));
    }
    const end = make.concat(png.subarray(0, -12), make.pngChunk('IEND', make.text('SECRET')));
    expect(await stripMetadata(end, 'image/png')).toBeUndefined();
  });

  it('cuts off what follows the end, such as a second image with a place of its own', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const tail = make.text('SECRET tail');
    expect(await stripMetadata(make.concat(jpeg, tail), 'image/jpeg')).toEqual(jpeg);
    const png = await make.bytesOf(make.photo(64, 48).png());
    expect(await stripMetadata(make.concat(png, tail), 'image/png')).toHaveLength(png.length);
  });

  it('empties the thumbnail inside a JFIF header', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const jfif = make.concat(
      make.bytes(0xff, 0xd8, 0xff, 0xe0, 0, 19),
      make.text('JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01'),
      make.bytes(1, 2, 3),
    );
    const original = make.concat(jfif, jpeg.subarray(jpeg[3] === 0xe0 ? 20 : 2));
    const stripped = await stripMetadata(original, 'image/jpeg');
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
    const stripped = await stripMetadata(png, 'image/png');
    expectNoSecret(stripped);
    await expectSamePixels(await make.bytesOf(make.flat(64, 48).png()), stripped);
  });

  it.each([{ lossless: false }, { lossless: true }])('strips a WebP %o', async (options) => {
    const image = make.photo(64, 48).webp(options);
    const exif = { IFD0: { Make: 'SECRETCAM' } };
    const original = await make.bytesOf(image.withExif(exif).withXmp('<x>SECRETXMP</x>'));
    expect(Buffer.from(original).toString('latin1')).toContain('SECRETXMP');
    const stripped = await stripMetadata(original, 'image/webp');
    expectNoSecret(stripped);
    await expectSamePixels(original, stripped);
    const { exif: left, xmp } = await sharp(stripped).metadata();
    expect([left, xmp]).toEqual([undefined, undefined]);
    expect(Buffer.from(stripped ?? []).readUInt32LE(4)).toBe((stripped?.length ?? 0) - 8);
  });

  it('gives nothing for a file that is cut short', async () => {
    for (const type of ['jpeg', 'png', 'webp'] as const) {
      const whole = await make.bytesOf(make.photo(64, 48).toFormat(type));
      expect(await stripMetadata(whole, `image/${type}`)).toBeDefined();
      expect(await stripMetadata(whole.subarray(0, -40), `image/${type}`)).toBeUndefined();
      expect(await stripMetadata(whole.subarray(0, 30), `image/${type}`)).toBeUndefined();
    }
  });

  it('gives nothing for a JPEG with a segment that is shorter than its own length', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const short = make.concat(jpeg.subarray(0, 2), make.bytes(0xff, 0xc4, 0, 1), jpeg.subarray(2));
    expect(await stripMetadata(short, 'image/jpeg')).toBeUndefined();
  });

  it('never throws, whichever byte is wrong', async () => {
    for (const file of await make.oneOfEach()) {
      const type = sniffImage(file)?.type ?? '';
      if (!isStrippable(type)) continue;
      for (let at = 0; at < Math.min(file.length, 700); at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const wrong = file.slice();
          wrong[at] = value;
          await expect(stripMetadata(wrong, type)).resolves.not.toThrow();
        }
      }
    }
  });
});
