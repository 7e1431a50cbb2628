/** SVG: whether a text is one, and how large a browser lays it out when nothing else sizes it. */
import { sizeOf, type SniffedImage } from './sniffed-image';

/** Comments and entity lists of drawing programs come before the root; not this many characters. */
const WINDOW = 65_536;

/** CSS pixels in one unit. CSS Values 4, 6.2. A percentage is no size of its own. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
  rem: 16,
};

/** What an SVG says of itself; `undefined` for any other text or for no text at all. */
export function sniffSvg(bytes: Uint8Array): SniffedImage | undefined {
  const root = rootTag(textOf(bytes.subarray(0, WINDOW)));
  if (root === undefined || !/^<(?:[\w.-]{1,64}:)?svg[\s/>]/.test(root)) return undefined;
  return {
    type: 'image/svg+xml',
    size: layoutSize(root),
    animated: false,
    alpha: true,
    plain: false,
  };
}

function textOf(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
  return new TextDecoder(bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : utf16).decode(bytes);
}

/** The first element's opening tag, after declarations and comments. Each step moves on. */
function rootTag(text: string): string | undefined {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const closing = closingOf(text, at);
    if (closing === undefined) break;
    const end = text.indexOf(closing, at);
    if (end === -1) return undefined;
    at = end + closing.length;
  }
  if (text.charAt(at) !== '<') return undefined;
  const end = text.indexOf('>', at);
  return end === -1 ? undefined : text.slice(at, end + 1);
}

/** What ends the thing at `at`, where it may stand before the root; `undefined` where it may not. */
function closingOf(text: string, at: number): string | undefined {
  if (text.startsWith('<?', at)) return '?>';
  if (text.startsWith('<!--', at)) return '-->';
  if (!/^<!doctype/i.test(text.slice(at, at + 9))) return undefined;
  const subset = text.indexOf('[', at);
  return subset !== -1 && subset < text.indexOf('>', at) ? ']>' : '>';
}

/** `width` and `height`, a missing one from the shape of the `viewBox`, both from it at last. */
function layoutSize(root: string): SniffedImage['size'] {
  const [boxWidth = 0, boxHeight = 0] = viewBox(root);
  const width = lengthOf(attribute(root, 'width'));
  const height = lengthOf(attribute(root, 'height'));
  if (width && height) return rounded(width, height);
  if (!(boxWidth > 0 && boxHeight > 0)) return undefined;
  if (width) return rounded(width, (width * boxHeight) / boxWidth);
  if (height) return rounded((height * boxWidth) / boxHeight, height);
  return rounded(boxWidth, boxHeight);
}

function viewBox(root: string): number[] {
  const numbers = (attribute(root, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .slice(0, 4)
    .map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? numbers.slice(2) : [];
}

const ATTRIBUTES = {
  width: /\swidth\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  height: /\sheight\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  viewBox: /\sviewBox\s*=\s*(?:"([^"]*)"|'([^']*)')/,
} as const;

function attribute(root: string, name: keyof typeof ATTRIBUTES): string | undefined {
  const found = ATTRIBUTES[name].exec(root);
  return found?.[1] ?? found?.[2];
}

function lengthOf(value: string | undefined): number | undefined {
  const found = /^\s{0,9}(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})([a-z]{0,3})\s{0,9}$/.exec(value ?? '');
  const pixels = Number(found?.[1]) * (UNITS[found?.[2] ?? ''] ?? Number.NaN);
  return pixels > 0 ? pixels : undefined;
}

function rounded(width: number, height: number): SniffedImage['size'] {
  return sizeOf(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
}
