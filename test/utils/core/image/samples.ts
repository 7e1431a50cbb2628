/** Images made for the tests, in every format that matters, some of them wrong on purpose. */
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

/** A PNG chunk; its checksum is wrong, since nothing here looks at it. */
export function pngChunk(name: string, data: Bytes): Bytes {
  const chunk = new Uint8Array(data.length + 12);
  new DataView(chunk.buffer).setUint32(0, data.length);
  chunk.set(text(name), 4);
  chunk.set(data, 8);
  return chunk;
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
