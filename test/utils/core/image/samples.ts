/** Images made for the tests, in every format that matters, some of them wrong on purpose. */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

type Bytes = Uint8Array<ArrayBuffer>;

/** Noise, as photographs have it: no two neighbours alike, the same on every run. */
export function photo(width: number, height: number): Sharp {
  const rgb = new Uint8Array(width * height * 3);
  let seed = 1;
  for (let at = 0; at < rgb.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    rgb[at] = 90 + ((at / 3 / width) % 100) + ((seed >> 16) % 24);
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** One colour, with a block of another in the left upper quarter. Alpha where `colour` has it. */
export function flat(width: number, height: number, colour = '#225588'): Sharp {
  const input = {
    width: Math.ceil(width / 4),
    height: Math.ceil(height / 4),
    channels: 3,
  } as const;
  const block = { create: { ...input, background: '#ffffff' } };
  return sharp({ create: { width, height, channels: 4, background: colour } }).composite([
    { input: block, left: 0, top: 0 },
  ]);
}

export async function bytesOf(image: Sharp): Promise<Bytes> {
  return new Uint8Array(await image.toBuffer());
}

/** EXIF with a place and a camera, and an orientation. */
export async function cameraJpeg(image: Sharp, orientation = 1): Promise<Bytes> {
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' };
  const exif = { IFD0: { Make: 'SECRETCAM', Artist: 'Jane Secret' }, IFD3: place };
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>SECRETXMP</secret></x:xmpmeta>';
  return bytesOf(image.jpeg().withMetadata({ orientation }).withExifMerge(exif).withXmp(xmp));
}

/** A PNG chunk with its length and checksum. */
export function pngChunk(name: string, data: Bytes): Bytes {
  const typed = concat(text(name), data);
  return concat(number(data.length), typed, number(crc32(typed)));
}

/** A number of four bytes, the largest first. */
function number(value: number): Bytes {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setInt32(0, value);
  return four;
}

const fixed = (...values: number[]) => concat(...values.map((each) => number(each * 65_536)));
const point = (...xyz: number[]) => concat(text('XYZ \0\0\0\0'), fixed(...xyz));

/** A display's profile: a wide gamut, and in words and numbers whose display it is. */
export function profile(other: Readonly<Record<string, Bytes>> = {}): Bytes {
  const curve = concat(text('curv\0\0\0\0'), number(1), bytes(2, 0x33), text('SERIAL'));
  const tags = {
    desc: text('desc\0\0\0\0\0\0\0\x0cJane Secret\0'),
    mmod: text('mmod\0\0\0\0SERIAL 0001'),
    wtpt: point(0.9642, 1, 0.8249),
    rXYZ: point(0.6, 0.3, 0.02),
    gXYZ: point(0.2, 0.65, 0.06),
    bXYZ: point(0.1642, 0.05, 0.7449),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
    ...other,
  };
  const entries = Object.entries(tags);
  let end = 132 + entries.length * 12;
  const table = entries.map(([name, data]) => {
    const entry = concat(text(name), number(end), number(data.length));
    end += data.length;
    return entry;
  });
  const header = new Uint8Array(128);
  header.set(number(end));
  header.set(
    bytesOfLatin1('appl\x02\x10\0\0mntrRGB XYZ \x07\xe5\0\x01\0\x1f\0\0\0\0\0\0acspAPPLSERIAL'),
    4,
  );
  header.set(fixed(0.9642, 1, 0.8249), 68);
  header.set(text('SECRET profile id'), 84);
  return concat(header, number(entries.length), ...table, ...Object.values(tags));
}

interface Profiled {
  profile?: Bytes;
  /** The places of its segments in a JPEG; those it leaves out are missing. */
  parts?: readonly number[];
}

/** A photo with a colour profile. */
export async function profiled(
  type: 'jpeg' | 'png' | 'webp',
  { profile: icc = profile(), parts = [1] }: Profiled = {},
): Promise<Bytes> {
  if (type === 'png') {
    const packed = concat(text('SECRET name\0\0'), new Uint8Array(deflateSync(icc)));
    return withChunk(await bytesOf(photo(64, 48).png()), 'iCCP', packed);
  }
  if (type === 'jpeg') {
    const count = Math.max(...parts);
    const length = Math.ceil(icc.length / count);
    const segments = parts.map((place) => {
      const part = icc.subarray((place - 1) * length, place * length);
      const size = number(part.length + 16).subarray(2);
      return concat(bytes(0xff, 0xe2), size, text('ICC_PROFILE\0'), bytes(place, count), part);
    });
    const jpeg = await bytesOf(photo(64, 48).jpeg());
    return concat(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));
  }
  const webp = await bytesOf(photo(64, 48).webp({ lossless: true }).withIccProfile('p3'));
  // In place of the profile that made room for it: RIFF (12), VP8X (18), then ICCP.
  const view = new DataView(webp.buffer);
  const after = 38 + Math.ceil(view.getUint32(34, true) / 2) * 2;
  const size = number(icc.length).toReversed();
  const padded = concat(icc, new Uint8Array(icc.length % 2));
  const file = concat(webp.subarray(0, 30), text('ICCP'), size, padded, webp.subarray(after));
  new DataView(file.buffer).setUint32(4, file.length - 8, true);
  return file;
}

/** Puts a chunk into a PNG right after its header. */
export function withChunk(png: Bytes, name: string, data: Bytes): Bytes {
  return concat(png.subarray(0, 33), pngChunk(name, data), png.subarray(33));
}

/** A PNG's first 33 bytes, which claim a size and hold nothing. */
export function pngHeader(width: number, height: number): Bytes {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2], 8);
  return concat(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), pngChunk('IHDR', header));
}

/** A BMP header of `size` with rows from the top. */
export function bmpHeader(width: number, height: number): Bytes {
  const file = new Uint8Array(54);
  const view = new DataView(file.buffer);
  file.set(text('BM'));
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true);
  return file;
}

/** An ICO of one entry that says 16 x 16, whatever `image` is. */
export function ico(image: Bytes): Bytes {
  const head = new Uint8Array(22);
  head.set([0, 0, 1, 0, 1, 0, 16, 16]);
  const view = new DataView(head.buffer);
  view.setUint32(14, image.length, true);
  view.setUint32(18, 22, true);
  return concat(head, image);
}

/** The boxes that an AVIF or HEIC begins with: its brand and the sizes it declares. */
export function heif(brand: string, ...sizes: [width: number, height: number][]): Bytes {
  const properties = sizes.map(([width, height]) => {
    const data = new Uint8Array(12);
    new DataView(data.buffer).setUint32(4, width);
    new DataView(data.buffer).setUint32(8, height);
    return box('ispe', data);
  });
  const ftyp = box('ftyp', concat(text(brand), bytes(0, 0, 0, 0), text('mif1')));
  const ipco = box('ipco', concat(...properties));
  return concat(ftyp, box('meta', concat(bytes(0, 0, 0, 0), box('iprp', ipco))));
}

function box(name: string, data: Bytes): Bytes {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length + 8);
  head.set(text(name), 4);
  return concat(head, data);
}

/** Letters up to U+00FF, a byte each. */
function bytesOfLatin1(words: string): Bytes {
  return new Uint8Array(Buffer.from(words, 'latin1'));
}

export function text(words: string): Bytes {
  return new TextEncoder().encode(words);
}

export function bytes(...values: number[]): Bytes {
  return Uint8Array.from(values);
}

export function concat(...parts: Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}

export function blob(data: Bytes, type = ''): Blob {
  return new Blob([data], { type });
}

/** A small file in every format, for tests that spoil them. */
export async function oneOfEach(): Promise<Bytes[]> {
  const camera = await cameraJpeg(photo(24, 16), 6);
  const encoded = [
    photo(24, 16).png(),
    flat(24, 16, '#22558880').png(),
    photo(24, 16).webp(),
    flat(24, 16, '#22558880').webp().withMetadata({ orientation: 3 }),
    flat(24, 16).gif(),
    photo(24, 16).avif({ effort: 0 }),
  ];
  const svg = text('<?xml version="1.0"?><!-- x --><svg viewBox="0 0 3 4" width="30"></svg>');
  const made = [camera, svg, bmpHeader(3, 4), ico(pngHeader(5, 6)), heif('heic', [7, 8])];
  return [...(await Promise.all(encoded.map(bytesOf))), ...made];
}
