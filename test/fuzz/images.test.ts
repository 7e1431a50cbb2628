/** Image files of every format that we know, spoiled: what they are told to be, and what is left of
 * them without their metadata. */
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { SniffedImage, SniffedType } from '../../utils/core/image/formats/sniffed-image';
import { jpegSegments } from '../../utils/core/image/formats/jpeg';
import { pngChunks } from '../../utils/core/image/formats/png';
import { webpChunks } from '../../utils/core/image/formats/webp';
import { sniffImage } from '../../utils/core/image/sniff';
import {
  isStrippable,
  stripMetadata,
  type StrippableType,
} from '../../utils/core/image/strip-metadata';
import * as make from '../utils/core/image/samples';
import { always, type Reach } from './always';
import { NUMBERS, spoiledText } from './spoil';

type Bytes = Uint8Array<ArrayBuffer>;

const secret = { IFD0: { Make: 'SECRETCAM' } };
const moving = (channels: 3 | 4) => {
  const raw = new Uint8Array(24 * 16 * 3 * channels).map((_, at) => (at * 7) % 251);
  return sharp(raw, { raw: { width: 24, height: 48, channels, pageHeight: 16 } });
};
const photo = () => make.photo(24, 16);
const FILES: readonly Bytes[] = [
  ...(await make.oneOfEach()),
  ...(await Promise.all(
    [
      photo().jpeg(),
      photo().jpeg({ progressive: true }).withIccProfile('p3'),
      photo().toColourspace('cmyk').jpeg(),
      photo().png().withMetadata({ orientation: 6 }),
      photo().png({ palette: true }).withXmp('<x>SECRETXMP</x>'),
      photo().webp({ lossless: true }).withExif(secret).withXmp('<x>SECRETXMP</x>'),
      moving(3).webp(),
      moving(3).gif(),
    ].map(make.bytesOf),
  )),
  await make.cameraJpeg(photo(), 1),
  await make.profiled('png'),
  await make.profiled('jpeg'),
  make.withChunk(await make.bytesOf(photo().png()), 'acTL', make.bytes(0, 0, 0, 3, 0, 0, 0, 0)),
  make.heif('avis', [512, 512], [4032, 3024], [320, 240]),
  make.ico(make.bytes(40, 0, 0, 0)),
  make.bytes(...make.text('BM'), ...new Uint8Array(12), 12, 0, 0, 0, 3, 0, 4, 0, 1, 0, 24, 0),
  make.bmpHeader(300, 200),
  make.heif('heic', [4032, 3024], [320, 240]),
  make.text('<svg viewBox="0 0 300 150" height="99"></svg>'),
  make.text("<svg width='12.5cm' viewBox='0 0 3 4'/>"),
  make.text('<svg width="9" viewBox="0 0 1e-300 1e300"/>'),
  make.text(
    '<!DOCTYPE svg [ <!ENTITY x "y"> ]>\n<s:svg width="1in" height="2.54cm" viewBox="0,0,300,150">',
  ),
  new Uint8Array(Buffer.from('\ufeff<svg width="7" height="8"/>', 'utf16le')),
];

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const hex = (bytes: Uint8Array = make.bytes()) => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));

const spoiled = (files: readonly Bytes[]) =>
  spoiledText(files.map(latin1), {
    puts: [
      ...NUMBERS,
      ...'IHDR IDAT IEND tRNS acTL eXIf VP8X VP8L EXIF ispe ipco ftyp avif MM\0* II*\0'.split(' '),
      ...'\xff\xd8 \xff\xd9 \xff\xda \xff\xc0 \xff\xe1 Exif\0\0 <svg --> - 0'.split(' '),
      'VP8 ',
      ' 1e-300 ',
      ' 1e300 ',
    ],
    marks: /[A-Za-z0-9 ]{4}|\xff[\xc0-\xfe]|\0\0/g,
  }).map(({ value, ...rest }) => {
    const bytes = bytesOf(value);
    return { ...rest, bytes, [fc.toStringMethod]: () => `${rest.from}: ${hex(bytes)}` };
  });

/** The longest side that the format has room for. */
const LONGEST: Readonly<Record<SniffedType, number>> = {
  'image/png': 2 ** 32 - 1,
  'image/jpeg': 2 ** 16 - 1,
  // A frame may begin at the last column, and be as wide again.
  'image/gif': 2 * (2 ** 16 - 1),
  'image/webp': 2 ** 24,
  'image/avif': 2 ** 32 - 1,
  'image/heic': 2 ** 32 - 1,
  'image/bmp': 2 ** 31,
  'image/x-icon': 2 ** 32 - 1,
  // Sides are written in words.
  'image/svg+xml': Number.MAX_SAFE_INTEGER,
};

/** Kinds and parts of files that a case in twenty, or in fifty, comes to. */
const REACHED = {
  ...Object.fromEntries(Object.keys(LONGEST).map((type) => [type, 0.004])),
  ...Object.fromEntries(
    'IHDR IDAT IEND VP8X ANMF ICCP EXIF da d9 e1 e2 c0'.split(' ').map((name) => [name, 0.008]),
  ),
  'image/jpeg, plain': 0.01,
  'image/png, plain': 0.01,
  'image/png, see-through': 0.004,
  'image/webp, plain': 0.01,
  'image/webp, moving': 0.003,
  'image/webp, see-through': 0.004,
  'image/avif, moving': 0.003,
  none: 0.03,
};

function wrongSides({ type, size }: SniffedImage): number[] {
  const sides = size ? [size.width, size.height] : [];
  return sides.filter((side) => !(Number.isInteger(side) && side > 0 && side <= LONGEST[type]));
}

const walk = (bytes: Uint8Array, type: StrippableType) => {
  if (type === 'image/jpeg')
    return Array.from(jpegSegments(bytes), ({ marker, ...rest }) => ({
      ...rest,
      name: marker.toString(16),
    }));
  return Array.from(type === 'image/png' ? pngChunks(bytes) : webpChunks(bytes));
};

/** Each part after the one before, and as long as it says. */
function areInOrder(parts: ReturnType<typeof walk>, bytes: Uint8Array, type: string): boolean {
  const view = new DataView(bytes.buffer);
  let end = 0;
  return parts.every(({ whole, ...part }) => {
    const begin = whole.byteOffset;
    const follows = begin >= end || whole.length === 0;
    end = begin + whole.length;
    if (!('data' in part)) return follows;
    const said = type === 'image/png' ? view.getUint32(begin) : view.getUint32(begin + 4, true);
    return follows && part.data.length === said;
  });
}

function countKind(reach: Reach, found: SniffedImage | undefined): void {
  if (!found) return reach('none');
  const { type, size, animated, alpha, plain } = found;
  reach(`${type}${size ? '' : ', no size'}`);
  if (animated) reach(`${type}, moving`);
  if (plain) reach(`${type}, plain`);
  if (alpha && plain) reach(`${type}, see-through`);
}

const KEPT: Readonly<Record<StrippableType, RegExp>> = {
  // SOI, frames and tables, APP0, ICC in APP2, Adobe in APP14; 0 is the scan.
  'image/jpeg': /^(?:0|c.|d[0-9a-d]|e0|e2|ee)$/,
  'image/png': /^(?:IHDR|PLTE|tRNS|IDAT|IEND|gAMA|cHRM|sRGB|iCCP|cICP|sBIT|pHYs)$/,
  'image/webp': /^(?:VP8X|VP8 |VP8L|ALPH|ICCP)$/,
};

const namesIn = (bytes: Uint8Array, type: StrippableType) =>
  walk(bytes, type).map(({ name }) => name);

interface Secret {
  kind: number;
  at: number;
  data: Bytes;
}

/** A file with one more part that is no image, between two of its own. */
function withSecret(file: Bytes, type: StrippableType, { kind, at, data }: Secret): Bytes {
  if (kind === 5) return make.concat(file, data);
  // Not before the first of them, nor between the head of a scan and the scan.
  const places = walk(file, type).filter(({ name }, index) => index > 0 && name !== '0');
  const { whole } = places[at % places.length] ?? {};
  const begin = whole ? whole.byteOffset - file.byteOffset : file.length;
  const full = make.concat(file.subarray(0, begin), partOf(type, kind, data), file.subarray(begin));
  if (type === 'image/webp') new DataView(full.buffer).setUint32(4, full.length - 8, true);
  return full;
}

function partOf(type: StrippableType, kind: number, data: Bytes): Bytes {
  if (type === 'image/png')
    return make.pngChunk(['tEXt', 'eXIf', 'prVt', 'tIME', 'iTXt'][kind] ?? '', data);
  const head = new Uint8Array(8);
  if (type === 'image/jpeg') {
    head.set([0xff, [0xfe, 0xe1, 0xe2, 0xee, 0xef][kind] ?? 0, 0, data.length + 2]);
    return make.concat(head.subarray(0, 4), data);
  }
  head.set(make.text(['EXIF', 'XMP ', 'JUNK', 'ANMF', 'exif'][kind] ?? ''));
  head[4] = data.length;
  return make.concat(head, data, new Uint8Array(data.length % 2));
}

/** As decoded; nothing for bytes that do not decode whole. */
async function pixelsOf(bytes: Uint8Array | undefined): Promise<string | undefined> {
  const pixels = sharp(bytes, { failOn: 'warning' }).raw().toBuffer();
  return await pixels.then(hex).catch(() => undefined);
}

/** Those that may go out as they are, but for their metadata. */
const STRIPPABLE = FILES.filter((file) => {
  const { type = '', plain = false } = sniffImage(file) ?? {};
  return plain && isStrippable(type);
});

describe('an image', () => {
  it('of spoiled bytes is told or not, within its own bytes and the limits of its format', async () => {
    await always(
      spoiled(FILES),
      ({ bytes, from, intact }, reach) => {
        const found = sniffImage(bytes);
        countKind(reach, found);
        if (intact) expect([from, found?.type]).not.toContain(undefined);
        if (!found) return;
        expect(wrongSides(found)).toEqual([]);
        // What stands before and after it in memory is none of it.
        const amid = new Uint8Array(bytes.length + 200).fill(0xff);
        amid.set(bytes, 100);
        expect(sniffImage(amid.subarray(100, 100 + bytes.length))).toEqual(found);
        if (!isStrippable(found.type)) return;
        const parts = walk(bytes, found.type);
        expect(areInOrder(parts, bytes, found.type)).toBe(true);
        for (const { name } of parts) reach(name);
      },
      { floors: REACHED },
    );
  });

  it('without its metadata is the same image, and all the metadata is gone', async () => {
    const more = fc.record({
      kind: fc.nat(5),
      at: fc.nat(9),
      words: fc.uint8Array({ maxLength: 40 }),
    });
    await always(
      fc.tuple(fc.constantFrom(...STRIPPABLE), fc.array(more, { minLength: 1, maxLength: 4 })),
      async ([file, secrets], reach) => {
        const type = sniffImage(file)?.type as StrippableType;
        const full = secrets.reduce((whole, { kind, at, words }) => {
          return withSecret(whole, type, {
            kind,
            at,
            data: make.concat(make.text('SECRET'), words),
          });
        }, file);
        reach(type);
        const stripped = await stripMetadata(full, type);
        expect(latin1(stripped ?? make.text('SECRET'))).not.toMatch(/SECRET|Exif|adobe:ns/);
        expect(await pixelsOf(stripped)).toBe(await pixelsOf(file));
      },
      { share: 1 / 8, floors: { 'image/jpeg': 0.1, 'image/png': 0.1, 'image/webp': 0.1 } },
    );
  });

  it('of spoiled bytes goes out with the same pixels and without metadata, or not as it is', async () => {
    await always(
      spoiled(STRIPPABLE),
      async ({ bytes }, reach) => {
        const { type = '', plain, size } = sniffImage(bytes) ?? {};
        if (!plain || !size || !isStrippable(type)) return;
        const stripped = await stripMetadata(bytes, type);
        if (!stripped) return reach(`${type}, not whole`);
        reach(type);
        expect(namesIn(stripped, type).filter((name) => !KEPT[type].test(name))).toEqual([]);
        // Nothing is left to take out, and it is told to be what it was.
        expect(hex(await stripMetadata(stripped, type))).toBe(hex(stripped));
        expect(sniffImage(stripped)).toMatchObject({ type, size, plain });
        const before = await pixelsOf(bytes);
        if (!before) return reach(`${type}, undecodable`);
        reach(`${type}, decoded`);
        expect(await pixelsOf(stripped)).toBe(before);
      },
      {
        share: 1 / 4,
        floors: {
          'image/jpeg, decoded': 0.01,
          'image/png, decoded': 0.01,
          'image/webp, decoded': 0.01,
          'image/jpeg, not whole': 0.005,
          'image/png, not whole': 0.02,
        },
      },
    );
  });
});
