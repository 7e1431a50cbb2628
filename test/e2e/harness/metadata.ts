/** Looks with exiftool, which knows more kinds of metadata than we do, at what a server was sent. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobOfDataUrl } from '../../../utils/core/image/base64.ts';

/** What exiftool may find, by group: of the file on this machine, and what it takes to decode it. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  SourceFile: /^$/,
  ExifTool: /^ExifToolVersion$/,
  System: /./,
  Composite: /^(?:ImageSize|Megapixels)$/,
  File: /^(?:FileType|FileTypeExtension|MIMEType|ImageWidth|ImageHeight|EncodingProcess|BitsPerSample|ColorComponents|YCbCrSubSampling)$/,
  JFIF: /^(?:JFIFVersion|ResolutionUnit|[XY]Resolution)$/,
  Adobe: /^(?:DCTEncodeVersion|APP14Flags[01]|ColorTransform)$/,
  PNG: /^(?:ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Palette|Transparency|Gamma|SRGBRendering|SignificantBits)$/,
  'PNG-cICP': /./,
  'PNG-pHYs': /./,
  RIFF: /^(?:WebP_Flags|ImageWidth|ImageHeight|AlphaPreprocessing|AlphaFiltering|AlphaCompression|AlphaIsUsed|VP8Version|(?:Horizontal|Vertical)Scale)$/,
  'ICC-header':
    /^(?:ProfileVersion|ProfileClass|ColorSpaceData|ProfileConnectionSpace|ProfileFileSignature|CMMFlags|DeviceAttributes|RenderingIntent|ConnectionSpaceIlluminant)$/,
  ICC_Profile:
    /^(?:MediaWhitePoint|ChromaticAdaptation|(?:Red|Green|Blue)MatrixColumn|(?:Red|Green|Blue|Gray)TRC)$/,
};

/** What an empty field of a profile's header is shown as, and our name for every profile. */
const NOTHING = new Set<unknown>(['', 0, 'icc', 'Unknown ()', '0000:00:00 00:00:00']);

/** What exiftool finds in images, given as `data:` URLs, that has nothing to do with their pixels. */
export async function metadataIn(images: Iterable<string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'descry-sent-'));
  try {
    let count = 0;
    for (const image of images) {
      count += 1;
      const bytes = await blobOfDataUrl(image).arrayBuffer();
      writeFileSync(join(folder, String(count)), new Uint8Array(bytes));
    }
    if (count === 0) return [];
    const options = ['-json', '-a', '-G1', '-quiet', '-ext', '*'];
    const found = execFileSync('exiftool', [...options, folder], { maxBuffer: 100_000_000 });
    return (JSON.parse(String(found)) as Record<string, unknown>[]).flatMap(harmful);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function harmful(file: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(file)
    .filter(([name, value]) => {
      const [group = '', tag = ''] = name.split(':');
      return !HARMLESS[group]?.test(tag) && !NOTHING.has(value);
    })
    .map(([name, value]) => `${name}: ${String(value)}`);
}
