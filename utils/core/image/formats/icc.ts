/** ICC colour profiles. ICC.1:2022, https://www.color.org/specification/ICC.1-2022-05.pdf */
import { ascii, joined, latin1, u16be, u32be, u8 } from './bytes';

const HEADER_LENGTH = 128;
/** Name, offset and size of a tag, four bytes each. */
const ENTRY_LENGTH = 12;
/** More than any writer makes: a table that claims so many is none. */
const MAX_TAGS = 100;

/** What a profile by primaries and curves consists of, by its colour space. */
const NEEDED = {
  'RGB ': ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'],
  GRAY: ['kTRC'],
} as const;
const OPTIONAL = ['wtpt', 'chad'] as const;

/** Other ways to say what colours mean, which decoders prefer: tables of colours, and CICP. */
const OTHER_COLOURS = /^(?:[AD]2B\d|cicp)$/;

/** The device's class, the colour space, the space that it is converted to. */
const KINDS = /^(?:mntr|scnr|spac|prtr)(?:RGB XYZ |GRAY(?:XYZ |Lab ))$/;

/** How many numbers a `para` curve has, by its function (table 68). */
const PARAMETERS = [1, 3, 4, 5, 7] as const;

/** D50, the same in the header of every profile (7.2.16). */
const ILLUMINANT = [0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d] as const;

/**
 * A profile with the same colours that says nothing else: no name, maker, device, serial number or
 * date. `undefined` where it is no profile, or tells colours by other means than primaries and
 * curves: then a browser has to convert the image.
 */
export function strippedProfile(profile: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const tags = tagsOf(profile);
  if (!tags || !KINDS.test(latin1(profile, 12, 12))) return undefined;
  if ([...tags.keys()].some((name) => OTHER_COLOURS.test(name))) return undefined;
  const needed = NEEDED[latin1(profile, 16, 4) === 'GRAY' ? 'GRAY' : 'RGB '];
  const kept = new Map<string, Uint8Array>();
  for (const name of [...OPTIONAL.filter((each) => tags.has(each)), ...needed]) {
    const value = valueOf(tags.get(name));
    if (!value) return undefined;
    kept.set(name, value);
  }
  return written(profile, kept);
}

/** Each tag's bytes by its name, `undefined` where one lies outside the profile. */
function tagsOf(profile: Uint8Array): Map<string, Uint8Array> | undefined {
  const count = u32be(profile, HEADER_LENGTH);
  if (latin1(profile, 36, 4) !== 'acsp' || count > MAX_TAGS) return undefined;
  const tags = new Map<string, Uint8Array>();
  for (
    let at = HEADER_LENGTH + 4;
    at < HEADER_LENGTH + 4 + count * ENTRY_LENGTH;
    at += ENTRY_LENGTH
  ) {
    const start = u32be(profile, at + 4);
    const end = start + u32be(profile, at + 8);
    if (end > profile.length) return undefined;
    tags.set(latin1(profile, at, 4), profile.subarray(start, end));
  }
  return tags;
}

/** A tag's value and nothing behind it; `undefined` for a type that holds no colour by numbers. */
function valueOf(tag: Uint8Array | undefined): Uint8Array | undefined {
  const length = tag && lengthOf(tag);
  if (!length || length > tag.length) return undefined;
  const value = tag.slice(0, length);
  // Reserved: zero, and read by nobody (10.1).
  value.fill(0, 4, 8);
  if (latin1(value, 0, 4) === 'para') value.fill(0, 10, 12);
  return value;
}

/** In bytes: a point, a matrix, a curve by points, a curve by a function (chapter 10). */
function lengthOf(tag: Uint8Array): number | undefined {
  switch (latin1(tag, 0, 4)) {
    case 'XYZ ':
      return 20;
    case 'sf32':
      return 44;
    case 'curv':
      return 12 + 2 * u32be(tag, 8);
    case 'para':
      return 12 + 4 * (PARAMETERS[u16be(tag, 8)] ?? Infinity);
    default:
      return undefined;
  }
}

/** A profile of these tags; those with the same value share it, as the three curves often do. */
function written(
  profile: Uint8Array,
  tags: ReadonlyMap<string, Uint8Array>,
): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(4 + tags.size * ENTRY_LENGTH);
  const view = new DataView(table.buffer);
  view.setUint32(0, tags.size);
  const values: Uint8Array[] = [];
  const places = new Map<string, number>();
  let end = HEADER_LENGTH + table.length;
  let entry = 4;
  for (const [name, value] of tags) {
    const same = value.join();
    const place = places.get(same) ?? end;
    if (place === end) {
      places.set(same, place);
      const padded = new Uint8Array(Math.ceil(value.length / 4) * 4);
      padded.set(value);
      values.push(padded);
      end += padded.length;
    }
    table.set(ascii(name), entry);
    view.setUint32(entry + 4, place);
    view.setUint32(entry + 8, value.length);
    entry += ENTRY_LENGTH;
  }
  return joined([headerOf(profile, end), table, ...values]);
}

/** What decoders go by: version, kind and rendering intent. Date, maker, device and id stay zero. */
function headerOf(profile: Uint8Array, length: number): Uint8Array {
  const header = new Uint8Array(HEADER_LENGTH);
  new DataView(header.buffer).setUint32(0, length);
  header.set(profile.subarray(8, 10), 8);
  header.set(profile.subarray(12, 24), 12);
  header.set(profile.subarray(36, 40), 36);
  header[67] = u8(profile, 67) & 3;
  header.set(ILLUMINANT, 68);
  return header;
}
