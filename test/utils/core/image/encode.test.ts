import { beforeEach, describe, expect, it, vi } from 'vitest';
import sharp from 'sharp';
import { errorCode } from '../../../../utils/core/errors';
import { dataUrlOf } from '../../../../utils/core/image/base64';
import { prepareImage, type ImageLimits } from '../../../../utils/core/image/encode';
import { MAX_FILE_BYTES, type ImageFile } from '../../../../utils/core/image/open';
import { seenSize } from '../../../../utils/core/image/tokens';
import { imageRuleFor } from '../../../../utils/core/vision/image-rules';
import * as make from './samples';
import { SharpCodec } from './sharp-codec';

const SAFE: ImageLimits = {
  imageTypes: ['image/jpeg', 'image/png'],
  maxImageBytes: 3_000_000,
  rule: { kind: 'unknown', maxSide: 2048 },
};
const { signal } = new AbortController();

let codec: SharpCodec;
beforeEach(() => {
  codec = new SharpCodec();
});

function prepare(file: ImageFile, limits = SAFE, background?: () => Promise<string>) {
  return prepareImage(file, limits, signal, { codec, ...(background ? { background } : {}) });
}

function sentBytes({
  dataUrl,
  mimeType,
}: Awaited<ReturnType<typeof prepare>>): Uint8Array<ArrayBuffer> {
  expect(dataUrl.startsWith(`data:${mimeType};base64,`)).toBe(true);
  return new Uint8Array(Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64'));
}

function firstPixel(bytes: Uint8Array): Promise<number[]> {
  const corner = sharp(bytes).removeAlpha().extract({ left: 1, top: 1, width: 1, height: 1 });
  return corner
    .raw()
    .toBuffer()
    .then((pixel) => [...pixel]);
}

describe('prepareImage lets bytes that serve go out as they are', () => {
  it('without decoding them', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const prepared = await prepare(make.blob(jpeg, 'text/html'));
    expect(sentBytes(prepared)).toEqual(jpeg);
    expect(prepared).toMatchObject({
      width: 64,
      height: 48,
      untouched: true,
      byteLength: jpeg.length,
    });
    const seen = { mimeType: 'image/jpeg', width: 64, height: 48, animated: false };
    expect(prepared.original).toEqual({ ...seen, byteLength: jpeg.length });
    expect(codec.decoded).toBe(0);
  });

  it('also where they come as a data URL, by whatever type', async () => {
    const jpeg = await make.bytesOf(make.photo(64, 48).jpeg());
    const prepared = await prepare(dataUrlOf(jpeg, 'text/html'));
    expect(prepared).toEqual(await prepare(make.blob(jpeg)));
  });

  it('but for their metadata', async () => {
    const jpeg = await make.cameraJpeg(make.photo(64, 48));
    const prepared = await prepare(make.blob(jpeg));
    expect(prepared.untouched).toBe(true);
    expect(prepared.byteLength).toBeLessThan(jpeg.length);
    expect(prepared.original.byteLength).toBe(jpeg.length);
    expect(Buffer.from(sentBytes(prepared)).toString('latin1')).not.toContain('SECRET');
    expect(codec.decoded).toBe(0);
  });

  it('after a look at the pixels, where they might be see-through and are not', async () => {
    const png = await make.bytesOf(make.flat(64, 48).png());
    const prepared = await prepare(make.blob(png));
    expect(prepared).toMatchObject({ untouched: true, byteLength: png.length });
    expect([codec.decoded, codec.closed]).toEqual([1, 1]);
  });

  it('down to a line of three pixels', async () => {
    const png = await make.bytesOf(make.photo(3, 1).png());
    expect(await prepare(make.blob(png))).toMatchObject({ width: 3, height: 1, untouched: true });
  });

  it('at the very size that the model looks at', async () => {
    const jpeg = make.blob(await make.bytesOf(make.photo(1024, 768).jpeg()));
    const limits = { ...SAFE, rule: imageRuleFor('gpt-4o') };
    expect(await prepare(jpeg, limits)).toMatchObject({ width: 1024, untouched: true });
    const larger = make.blob(await make.bytesOf(make.photo(1025, 769).jpeg()));
    expect(await prepare(larger, limits)).toMatchObject({ height: 768, untouched: false });
  });
});

describe('prepareImage draws anew', () => {
  it('what is too large, at the size that models look at', async () => {
    const jpeg = await make.bytesOf(make.photo(3000, 1500).jpeg());
    const prepared = await prepare(make.blob(jpeg));
    expect(prepared).toMatchObject({ width: 2048, height: 1024, untouched: false });
    expect(prepared.original).toMatchObject({ width: 3000, height: 1500 });
    expect(await sharp(sentBytes(prepared)).metadata()).toMatchObject({
      width: 2048,
      height: 1024,
    });
    expect(codec.closed).toBe(1);
  });

  it.each([
    ['gpt-4o', { width: 1024, height: 768 }],
    ['gpt-6-luna', { width: 1824, height: 1368 }],
    ['claude-haiku-4-5', { width: 1269, height: 952 }],
    ['a-model-of-my-own', { width: 2048, height: 1536 }],
  ])('for %s no larger than it looks at', async (model, size) => {
    const jpeg = await make.bytesOf(make.photo(2400, 1800).jpeg());
    const rule = imageRuleFor(model);
    const prepared = await prepare(make.blob(jpeg), { ...SAFE, rule });
    expect(prepared).toMatchObject({ ...size, untouched: false });
    expect(await sharp(sentBytes(prepared)).metadata()).toMatchObject(size);
    const { width, height } = prepared;
    expect(seenSize({ width, height }, rule)).toEqual({ width, height });
  });

  it('what EXIF turns, upright', async () => {
    const prepared = await prepare(make.blob(await make.cameraJpeg(make.photo(64, 48), 6)));
    expect(prepared).toMatchObject({ width: 48, height: 64, untouched: false });
    expect(prepared.original).toMatchObject({ width: 48, height: 64 });
    const { orientation, exif } = await sharp(sentBytes(prepared)).metadata();
    expect([orientation, exif]).toEqual([undefined, undefined]);
  });

  it.each([
    ['WebP', () => make.photo(64, 48).webp()],
    ['AVIF', () => make.photo(64, 48).avif({ effort: 0 })],
    ['GIF', () => make.flat(64, 48).gif()],
    ['CMYK', () => make.photo(64, 48).toColourspace('cmyk').jpeg()],
    ['16-bit PNG', () => make.photo(64, 48).toColourspace('rgb16').png()],
  ])('%s, which the server does not take', async (_, image) => {
    const prepared = await prepare(make.blob(await make.bytesOf(image())));
    expect(prepared).toMatchObject({ width: 64, height: 48, untouched: false });
    expect(SAFE.imageTypes).toContain(prepared.mimeType);
    expect((await sharp(sentBytes(prepared)).metadata()).space).toBe('srgb');
  });

  it('but WebP not where the server takes it', async () => {
    const webp = make.blob(await make.bytesOf(make.photo(64, 48).webp()));
    const prepared = await prepare(webp, { ...SAFE, imageTypes: ['image/jpeg', 'image/webp'] });
    expect(prepared).toMatchObject({ mimeType: 'image/webp', untouched: true });
  });

  it('see-through parts on the colour behind them', async () => {
    const logo = sharp({ create: { width: 64, height: 48, channels: 4, background: '#00000000' } });
    const png = make.blob(await make.bytesOf(logo.png()));
    const behind = vi.fn<() => Promise<string>>().mockResolvedValue('#102030');
    expect(await firstPixel(sentBytes(await prepare(png)))).toEqual([255, 255, 255]);
    expect(await firstPixel(sentBytes(await prepare(png, SAFE, behind)))).toEqual([16, 32, 48]);
    expect(behind).toHaveBeenCalledOnce();
  });

  it('them on white where nobody can tell the colour', async () => {
    const png = make.blob(await make.bytesOf(make.photo(64, 48).ensureAlpha(0).png()));
    const prepared = await prepare(png, SAFE, () => Promise.reject(new Error('the tab is gone')));
    const corner = sharp(sentBytes(prepared)).extract({ left: 60, top: 40, width: 1, height: 1 });
    expect([...(await corner.removeAlpha().raw().toBuffer())]).toEqual([255, 255, 255]);
  });

  it('what is opaque without asking for a colour behind it', async () => {
    const behind = vi.fn<() => Promise<string>>().mockResolvedValue('#102030');
    await prepare(make.blob(await make.bytesOf(make.flat(64, 48).png())), SAFE, behind);
    await prepare(make.blob(await make.bytesOf(make.photo(64, 48).webp())), SAFE, behind);
    expect(behind).not.toHaveBeenCalled();
  });

  it('asking for that colour once, however often it tries', async () => {
    const behind = vi.fn<() => Promise<string>>().mockResolvedValue('#102030');
    const noise = await make.bytesOf(make.photo(400, 300).ensureAlpha(0.5).png());
    const prepared = await prepare(make.blob(noise), { ...SAFE, maxImageBytes: 2_000 }, behind);
    expect(prepared.width).toBeLessThan(400);
    expect(behind).toHaveBeenCalledOnce();
  });

  it('the first frame of what moves, and says so', async () => {
    const png = await make.bytesOf(make.flat(64, 48).png());
    const moving = make.withChunk(png, 'tEXt', make.text('x'));
    moving.set(make.text('acTL'), 37);
    moving.set([0, 0, 0, 2], 41);
    const gif = await make.bytesOf(make.flat(64, 48).gif());
    expect((await prepare(make.blob(gif))).original.animated).toBe(false);
    const twice = make.concat(gif.subarray(0, -1), gif.subarray(gif.indexOf(0x2c)));
    const prepared = await prepare(make.blob(twice));
    expect(prepared).toMatchObject({ untouched: false, original: { animated: true } });
  });
});

describe('prepareImage chooses', () => {
  it('JPEG for photographs, PNG for flat art', async () => {
    const photo = await make.bytesOf(make.photo(2100, 400).png());
    expect((await prepare(make.blob(photo))).mimeType).toBe('image/jpeg');
    const flat = await make.bytesOf(make.flat(2100, 400).png());
    expect((await prepare(make.blob(flat))).mimeType).toBe('image/png');
  });

  it('what the server takes, if that is PNG alone', async () => {
    const photo = make.blob(await make.bytesOf(make.photo(64, 48).webp()));
    const prepared = await prepare(photo, { ...SAFE, imageTypes: ['image/png'] });
    expect(prepared.mimeType).toBe('image/png');
  });

  it('lower quality, then smaller sides, until the bytes fit', async () => {
    const file = make.blob(await make.bytesOf(make.photo(800, 600).jpeg({ quality: 100 })));
    const whole = await prepare(file, { ...SAFE, maxImageBytes: 200_000 });
    expect(whole).toMatchObject({ width: 800, height: 600, untouched: false });
    expect(whole.byteLength).toBeLessThanOrEqual(200_000);
    const small = await prepare(file, { ...SAFE, maxImageBytes: 20_000 });
    expect(small.width).toBeLessThan(800);
    expect(small.width / small.height).toBeCloseTo(800 / 600, 1);
    expect(small.byteLength).toBeLessThanOrEqual(20_000);
  });
});

describe('prepareImage refuses with a name', () => {
  const code = (file: Blob, limits = SAFE) =>
    prepare(file, limits).then(() => 'prepared', errorCode);

  it('what is no image, empty, or without a size', async () => {
    expect(await code(make.blob(make.text('Not Found'), 'image/png'))).toBe('imageBroken');
    expect(await code(make.blob(make.bytes()))).toBe('imageBroken');
    expect(await code(make.blob(make.bytes(0xff, 0xd8, 0xff, 0xe0)))).toBe('imageBroken');
    expect(await code(make.blob(make.pngHeader(0, 5)))).toBe('imageBroken');
  });

  it.each([
    [1, 1],
    [2, 2],
    [1, 2],
  ])('a dot of %i × %i, before it is decoded', async (width, height) => {
    for (const type of ['png', 'gif', 'webp'] as const) {
      const dot = make.blob(await make.bytesOf(make.photo(width, height).toFormat(type)));
      expect(await code(dot)).toBe('imageEmpty');
    }
    expect(codec.decoded).toBe(0);
  });

  it('a PNG that lies about its size', async () => {
    const png = await make.bytesOf(make.photo(64, 48).png());
    const lying = (width: number, height: number) =>
      make.blob(make.concat(make.pngHeader(width, height), png.subarray(33)));
    expect(await code(lying(4_000, 3_000))).toBe('imageBroken');
    expect(await code(lying(50_000, 50_000))).toBe('imageTooLarge');
    expect(await code(lying(1, 1))).toBe('imageEmpty');
  });

  it('what is cut short and does not decode', async () => {
    const png = await make.bytesOf(make.photo(64, 48).png());
    expect(await code(make.blob(png.subarray(0, 200)))).toBe('imageBroken');
  });

  it('what this browser may not know: the file may be sound', async () => {
    expect(await code(make.blob(make.heif('heic', [64, 48])))).toBe('imageUnreadable');
  });

  it('a decompression bomb, before it is decoded', async () => {
    expect(await code(make.blob(make.pngHeader(50_000, 50_000)))).toBe('imageTooLarge');
    expect(await code(make.blob(make.ico(make.pngHeader(50_000, 50_000))))).toBe('imageTooLarge');
    expect(codec.decoded).toBe(0);
  });

  it('a file heavier than memory should allow, before it is read', async () => {
    const heavy = { size: MAX_FILE_BYTES + 1 } as Blob;
    expect(await code(heavy)).toBe('imageTooLarge');
  });

  it('a file that can no longer be read', async () => {
    const gone = { size: 9, arrayBuffer: () => Promise.reject(new DOMException('gone')) };
    expect(await code(gone as unknown as Blob)).toBe('imageUnreadable');
  });

  it('what cannot be made light enough', async () => {
    const file = make.blob(await make.bytesOf(make.photo(400, 300).jpeg()));
    expect(await code(file, { ...SAFE, maxImageBytes: 100 })).toBe('imageTooLarge');
    expect(codec.closed).toBe(1);
  });
});

it('prepareImage ends with the reason of an abort, and lets go of the pixels', async () => {
  const file = make.blob(await make.bytesOf(make.photo(64, 48).webp()));
  const controller = new AbortController();
  const aborting = new SharpCodec();
  const decode = aborting.decode.bind(aborting);
  aborting.decode = (blob) => {
    controller.abort(new Error('stopped'));
    return decode(blob);
  };
  const preparing = prepareImage(file, SAFE, controller.signal, { codec: aborting });
  await expect(preparing).rejects.toThrow('stopped');
  expect(aborting.closed).toBe(1);
  await expect(prepareImage(file, SAFE, controller.signal)).rejects.toThrow('stopped');
});
