import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffImage } from '../../../../utils/core/image/sniff';
import * as make from './samples';

const plainPhoto = { animated: false, alpha: false, plain: true, size: { width: 60, height: 40 } };

const frames = (count: number) => {
  const raw = new Uint8Array(60 * 40 * count * 3).map((_, at) => (at * 7) % 251);
  return sharp(raw, { raw: { width: 60, height: 40 * count, channels: 3, pageHeight: 40 } });
};

describe('sniffImage tells type, size and peculiarities', () => {
  it('of a JPEG', async () => {
    const jpeg = await make.bytesOf(make.photo(60, 40).jpeg());
    expect(sniffImage(jpeg)).toEqual({ type: 'image/jpeg', ...plainPhoto });
    const progressive = await make.bytesOf(make.photo(60, 40).jpeg({ progressive: true }));
    expect(sniffImage(progressive)).toEqual({ type: 'image/jpeg', ...plainPhoto });
  });

  it.each([
    [2, 60, 40],
    [3, 60, 40],
    [6, 40, 60],
    [8, 40, 60],
  ])('of a JPEG turned by EXIF (%i), as a person sees it', async (turn, width, height) => {
    const turned = sniffImage(await make.cameraJpeg(make.photo(60, 40), turn));
    expect(turned).toMatchObject({ plain: false, size: { width, height } });
  });

  it('of a JPEG with an EXIF block that says upright', async () => {
    const upright = sniffImage(await make.cameraJpeg(make.photo(60, 40), 1));
    expect(upright).toMatchObject(plainPhoto);
  });

  it('of a CMYK JPEG, which is not plain', async () => {
    const cmyk = await make.bytesOf(make.photo(60, 40).toColourspace('cmyk').jpeg());
    expect(sniffImage(cmyk)).toMatchObject({ type: 'image/jpeg', plain: false });
  });

  it('of a PNG', async () => {
    const png = await make.bytesOf(make.photo(60, 40).png());
    expect(sniffImage(png)).toEqual({ type: 'image/png', ...plainPhoto });
    const alpha = await make.bytesOf(make.flat(60, 40).png());
    expect(sniffImage(alpha)).toMatchObject({ alpha: true, plain: true });
    const deep = await make.bytesOf(make.photo(60, 40).toColourspace('rgb16').png());
    expect(sniffImage(deep)).toMatchObject({ plain: false });
    const keyed = make.withChunk(png, 'tRNS', make.bytes(0, 0, 0, 0, 0, 0));
    expect(sniffImage(keyed)).toMatchObject({ alpha: true });
  });

  it('of an animated PNG, by its count of frames', async () => {
    const png = await make.bytesOf(make.photo(60, 40).png());
    const moving = make.withChunk(png, 'acTL', make.bytes(0, 0, 0, 3, 0, 0, 0, 0));
    expect(sniffImage(moving)).toMatchObject({ animated: true, plain: false });
    // One frame, which may be another image than the one that decoders of PNG alone show.
    const still = make.withChunk(png, 'acTL', make.bytes(0, 0, 0, 1, 0, 0, 0, 0));
    expect(sniffImage(still)).toMatchObject({ animated: false, plain: false });
  });

  it.each([
    ['gAMA of sRGB', 'gAMA', [0, 0, 0xb1, 0x8f], true],
    ['gAMA of 1', 'gAMA', [0, 1, 0x86, 0xa0], false],
    ['gAMA of 0, which nobody heeds', 'gAMA', [0, 0, 0, 0], true],
    ['cHRM of another white', 'cHRM', [0, 0, 0x90, 0, 0, 0, 0x80, 0x84], false],
    ['cICP of sRGB', 'cICP', [1, 13, 0, 1], true],
    ['cICP of HDR', 'cICP', [9, 16, 0, 1], false],
  ] as const)('of a PNG with %s', async (_, name, data, plain) => {
    const png = await make.bytesOf(make.photo(60, 40).png());
    const file = make.withChunk(png, name, make.bytes(...data));
    expect(sniffImage(file)).toMatchObject({ plain });
    // It counts in place of gamma and primaries.
    const withSrgb = make.withChunk(file, 'sRGB', make.bytes(0));
    expect(sniffImage(withSrgb)).toMatchObject({ plain: plain || name !== 'cICP' });
  });

  it('of a PNG turned by EXIF', async () => {
    const png = await make.bytesOf(make.photo(60, 40).png().withMetadata({ orientation: 6 }));
    expect(sniffImage(png)).toMatchObject({ type: 'image/png', plain: false });
  });

  it('of a WebP, lossy, lossless, see-through, turned and moving', async () => {
    const photo = make.photo(60, 40);
    const lossy = await make.bytesOf(photo.clone().webp());
    expect(sniffImage(lossy)).toEqual({ type: 'image/webp', ...plainPhoto });
    const lossless = await make.bytesOf(photo.clone().webp({ lossless: true }));
    expect(sniffImage(lossless)).toEqual({ type: 'image/webp', ...plainPhoto });
    const alpha = await make.bytesOf(make.flat(60, 40, '#22558880').webp());
    expect(sniffImage(alpha)).toMatchObject({ alpha: true, size: plainPhoto.size });
    const alphaLossless = make.flat(60, 40, '#22558880').webp({ lossless: true });
    expect(sniffImage(await make.bytesOf(alphaLossless))).toMatchObject({ alpha: true });
    const turned = await make.bytesOf(photo.clone().webp().withMetadata({ orientation: 6 }));
    expect(sniffImage(turned)).toMatchObject({ plain: false });
    const moving = await make.bytesOf(frames(3).webp());
    expect(sniffImage(moving)).toMatchObject({ animated: true, plain: false });
  });

  it('of a GIF, still and moving', async () => {
    const still = sniffImage(await make.bytesOf(make.flat(60, 40).gif()));
    expect(still).toMatchObject({ type: 'image/gif', animated: false, size: plainPhoto.size });
    const moving = sniffImage(await make.bytesOf(frames(3).gif()));
    expect(moving).toMatchObject({ type: 'image/gif', animated: true, plain: false });
  });

  it('of a GIF whose first frame is larger than its screen', async () => {
    const gif = await make.bytesOf(make.flat(60, 40).gif());
    gif.set([1, 0, 1, 0], 6);
    expect(sniffImage(gif)?.size).toEqual({ width: 60, height: 40 });
  });

  it('of an AVIF and a HEIC, the largest of the sizes inside', async () => {
    const avif = sniffImage(await make.bytesOf(make.photo(60, 40).avif({ effort: 0 })));
    expect(avif).toMatchObject({ type: 'image/avif', size: plainPhoto.size, animated: false });
    const heic = sniffImage(make.heif('heic', [512, 512], [4032, 3024], [320, 240]));
    expect(heic).toMatchObject({ type: 'image/heic', size: { width: 4032, height: 3024 } });
    expect(sniffImage(make.heif('avis', [8, 8]))).toMatchObject({ animated: true });
  });

  it('of a BMP with rows from the top', () => {
    const size = { width: 300, height: 200 };
    expect(sniffImage(make.bmpHeader(300, 200))).toMatchObject({ type: 'image/bmp', size });
    expect(sniffImage(make.text('BMW is a maker of cars and motorcycles.'))).toBeUndefined();
  });

  it('of an ICO, the true size of a PNG inside it', () => {
    const lying = sniffImage(make.ico(make.pngHeader(30_000, 30_000)));
    const size = { width: 30_000, height: 30_000 };
    expect(lying).toMatchObject({ type: 'image/x-icon', size });
    const honest = sniffImage(make.ico(make.bytes(40, 0, 0, 0)));
    expect(honest?.size).toEqual({ width: 16, height: 16 });
  });
});

describe('sniffImage tells an SVG', () => {
  const doctype = '<!DOCTYPE svg PUBLIC "x" "y" [ <!ENTITY ns "http://example.org/"> ]>';
  it.each([
    ['by its sides', '<svg width="120" height="80"/>', [120, 80]],
    ['in other units', "<svg width='1in' height='2.54cm' />", [96, 96]],
    ['by its viewBox', '<svg viewBox="0 0 300 150"></svg>', [300, 150]],
    ['by one side and the shape', '<svg width="100" viewBox="0,0,300,150"></svg>', [100, 50]],
    [
      'after a prolog',
      `<?xml version="1.0"?>\n<!-- <b> -->${doctype}<svg viewBox="0 0 3 4">`,
      [3, 4],
    ],
    ['with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="5" height="6">', [5, 6]],
    ['of no size', '<svg width="100%" height="100%"></svg>', undefined],
    ['of a size past all numbers', '<svg viewBox="0 0 1e-300 1e300" width="9"></svg>', undefined],
  ])('%s', (_, source, size) => {
    const sniffed = sniffImage(make.text(source));
    expect(sniffed?.type).toBe('image/svg+xml');
    expect(sniffed?.size).toEqual(size && { width: size[0], height: size[1] });
  });

  it('in UTF-16', () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeff<svg width="7" height="8"/>', 'utf16le'));
    expect(sniffImage(utf16)).toMatchObject({ size: { width: 7, height: 8 } });
  });
});

describe('sniffImage is not fooled', () => {
  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><html><body><svg width="1" height="1"/></body></html>'],
    ['words', 'Not Found'],
    ['an endless declaration', '<?xml '.repeat(20_000)],
    ['an element that begins like one', '<svgfoo width="1" height="1"/>'],
    ['a video', '\0\0\0\x14ftypisom\0\0\0\0isom'],
  ])('by %s', (_, source) => {
    expect(sniffImage(make.text(source))).toBeUndefined();
  });

  it('by a name: it never sees one', async () => {
    const jpeg = await make.bytesOf(make.photo(8, 8).jpeg());
    const file = new File([jpeg], 'image.png', { type: 'image/png' });
    expect(sniffImage(new Uint8Array(await file.arrayBuffer()))?.type).toBe('image/jpeg');
  });

  it('gives up without a throw wherever a file is cut, and whatever byte is wrong', async () => {
    const files = await make.oneOfEach();
    for (const file of files) {
      for (let length = 0; length < Math.min(file.length, 700); length += 1) {
        sniffImage(file.subarray(0, length));
      }
      for (let at = 0; at < Math.min(file.length, 700); at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const wrong = file.slice();
          wrong[at] = value;
          sniffImage(wrong);
        }
      }
    }
    expect(files.length).toBeGreaterThan(8);
  });

  it('into taking long: 5 MB of each format’s smallest parts', () => {
    const many = (head: Uint8Array, part: Uint8Array) => {
      const file = new Uint8Array(5_000_000);
      file.set(head);
      for (let at = head.length; at + part.length <= file.length; at += part.length)
        file.set(part, at);
      return file;
    };
    const files = [
      many(make.pngHeader(1, 1), make.pngChunk('tEXt', make.bytes())),
      many(make.bytes(0xff, 0xd8), make.bytes(0xff, 0xff)),
      many(make.bytes(0xff, 0xd8), make.bytes(0xff, 0xe1, 0, 2)),
      many(make.text('GIF89a\x01\0\x01\0\0\0\0'), make.bytes(0x21, 0xfe, 1, 0, 0)),
      many(make.text('RIFF\xff\xff\xff\x7fWEBP'), make.text('JUNK\0\0\0\0')),
      many(make.heif('avif'), make.text('\0\0\0\x08free')),
    ];
    for (const file of files) {
      // In the time of this process alone, however busy the machine is.
      const before = process.cpuUsage();
      sniffImage(file);
      expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    }
  });
});
