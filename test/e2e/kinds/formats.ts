/** The right colour in every file format, and files that are wrong on purpose. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { cameraJpeg, ico, profile } from '../../utils/core/image/samples.ts';
import { chunk, plainPng } from '../harness/png.ts';
import { RIGHT } from './serve.ts';

const [r, g, b] = RIGHT;
const SIZE = { width: 200, height: 150 };
const right = () => sharp({ create: { ...SIZE, channels: 3, background: { r, g, b } } });
const wrong = () => sharp({ create: { ...SIZE, channels: 3, background: '#999999' } });

export interface Format {
  name: string;
  bytes: () => Promise<Uint8Array>;
  /** What a server says of it; not always the truth. */
  type: string;
  /** The result says that it moves. */
  animated?: boolean;
  /** How far the colour may be off, 0 to 255; a few profiles are only nearly the same. */
  off?: number;
}

export const FORMATS: readonly Format[] = [
  { name: 'AVIF', bytes: async () => await right().avif().toBuffer(), type: 'image/avif' },
  { name: 'BMP', bytes: () => Promise.resolve(bmp()), type: 'image/bmp' },
  { name: 'ICO', bytes: async () => ico(new Uint8Array(await small())), type: 'image/x-icon' },
  { name: 'GIF that moves', bytes: () => moving('gif'), type: 'image/gif', animated: true },
  { name: 'WebP that moves', bytes: () => moving('webp'), type: 'image/webp', animated: true },
  { name: 'APNG', bytes: () => Promise.resolve(apng()), type: 'image/apng', animated: true },
  {
    name: 'APNG of one frame, with another image for decoders of PNG alone',
    bytes: () => Promise.resolve(apngOfOneFrame()),
    type: 'image/png',
  },
  {
    name: 'PNG with a gamma of its own',
    bytes: () => Promise.resolve(linearPng()),
    type: 'image/png',
    // Few of 256 values are left for what is dark.
    off: 12,
  },
  {
    name: 'CMYK JPEG',
    bytes: async () => await right().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
    type: 'image/jpeg',
    // Browsers take CMYK without a profile as the bare complement.
    off: 120,
  },
  {
    name: 'PNG of 16 bits',
    bytes: async () => await right().toColourspace('rgb16').png().toBuffer(),
    type: 'image/png',
  },
  {
    name: 'JPEG turned by EXIF',
    bytes: async () => await right().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    type: 'image/jpeg',
  },
  {
    name: 'JPEG with a wide gamut',
    bytes: async () => await right().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
    type: 'image/jpeg',
    off: 30,
  },
  // What the browser shows and opens nowhere else is drawn by its page.
  {
    name: 'JPEG without its end',
    bytes: async () => (await right().jpeg({ quality: 95 }).toBuffer()).subarray(0, -2),
    type: 'image/jpeg',
  },
  {
    name: 'PNG without its end',
    bytes: async () => (await right().png().toBuffer()).subarray(0, -12),
    type: 'image/png',
  },
  {
    name: 'progressive JPEG that is cut short',
    bytes: async () => {
      const whole = await right().jpeg({ quality: 95, progressive: true }).toBuffer();
      return whole.subarray(0, Math.round(whole.length * 0.9));
    },
    type: 'image/jpeg',
  },
  {
    name: 'CUR',
    bytes: async () => {
      const bytes = ico(new Uint8Array(await small()));
      bytes[2] = 2;
      return bytes;
    },
    type: 'image/x-icon',
  },
  {
    name: 'WebP that calls itself a JPEG',
    bytes: async () => await right().webp().toBuffer(),
    type: 'image/jpeg',
  },
];

/** Files that say whose they are and where they were made, and go out with their own pixels. */
export const NAMED_FILES = [
  ['JPEG of a camera', async () => await cameraJpeg(right()), 'image/jpeg'],
  ['PNG with the profile of a display', () => Promise.resolve(screenshot()), 'image/png'],
] as const;

/** Files that must end as a clear error, by the code it has. */
export const WRONG_FILES = [
  ['random bytes', () => Buffer.from('These are not the bytes of an image.'), 'imageBroken'],
  ['nothing at all', () => Buffer.alloc(0), 'imageBroken'],
  ['a single dot', () => plainPng(1, 1), 'imageEmpty'],
  ['a decompression bomb', bomb, 'imageTooLarge'],
] as const;

const small = () => right().resize(16, 16).png().toBuffer();

/** Two frames; the first is right. */
async function moving(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all([right().png().toBuffer(), wrong().png().toBuffer()]);
  return await sharp(frames, { join: { animated: true } })
    .toFormat(format, { loop: 0, delay: [4_000, 4_000] })
    .toBuffer();
}

/** 24 bits a pixel, rows from the bottom, each a multiple of four bytes. */
function bmp(): Buffer {
  const { width, height } = SIZE;
  const head = Buffer.alloc(54);
  const rows = Buffer.alloc(width * height * 3, Buffer.of(b, g, r));
  head.write('BM');
  head.writeUInt32LE(head.length + rows.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, rows]);
}

/** With a profile that names the display and whose it is. */
function screenshot(): Buffer {
  const still = plainPng(SIZE.width, SIZE.height, RIGHT);
  const packed = Buffer.concat([Buffer.from('Desk 3 of Jane\0\0'), deflateSync(profile())]);
  return Buffer.concat([still.subarray(0, 33), chunk('iCCP', packed), still.subarray(33)]);
}

function numbers(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => data.writeUInt32BE(value, at * 4));
  return data;
}

/** What comes before a frame. */
function control(sequence: number): Buffer {
  // Four seconds a frame.
  const rest = Buffer.of(0, 4, 0, 1, 0, 0);
  return chunk('fcTL', Buffer.concat([numbers(sequence, SIZE.width, SIZE.height, 0, 0), rest]));
}

/** The right image as light itself, which is darker in numbers than what screens take. */
function linearPng(): Buffer {
  const linear = (value: number) => Math.round(255 * (value / 255) ** 2.2);
  const still = plainPng(SIZE.width, SIZE.height, [linear(r), linear(g), linear(b)]);
  const gamma = chunk('gAMA', numbers(100_000));
  return Buffer.concat([still.subarray(0, 33), gamma, still.subarray(33)]);
}

/** A wrong image that is no frame, then the right one. */
function apngOfOneFrame(): Buffer {
  const hidden = plainPng(SIZE.width, SIZE.height, [150, 150, 150]);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(SIZE.width * 3, Buffer.of(r, g, b))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: SIZE.height }, () => row)));
  const end = hidden.length - 12;
  return Buffer.concat([
    hidden.subarray(0, 33),
    chunk('acTL', numbers(1, 0)),
    hidden.subarray(33, end),
    control(0),
    chunk('fdAT', Buffer.concat([numbers(1), pixels])),
    hidden.subarray(end),
  ]);
}

/** The right image, then a wrong frame over it. */
function apng(): Buffer {
  const still = plainPng(SIZE.width, SIZE.height, RIGHT);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(SIZE.width * 3, 0x99)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: SIZE.height }, () => row)));
  const end = still.length - 12;
  return Buffer.concat([
    still.subarray(0, 33),
    chunk('acTL', numbers(2, 0)),
    control(0),
    still.subarray(33, end),
    control(1),
    chunk('fdAT', Buffer.concat([numbers(2), pixels])),
    still.subarray(end),
  ]);
}

/** A few kilobytes that claim 900 million pixels. */
function bomb(): Buffer {
  const png = plainPng(64, 64);
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), png.subarray(33)]);
}
