/** The image tools' codec on `sharp`, so that their decisions are tested on real bytes in Node. */
import sharp from 'sharp';
import type { Codec, Drawing, Image, Rgb } from '../../../../utils/core/image/codec';
import type { Size } from '../../../../utils/core/image/fit';
import type { ImageType } from '../../../../utils/core/vision/provider-kind';

/** Decodes and encodes as a browser would, and keeps count. */
export class SharpCodec implements Codec {
  decoded = 0;
  closed = 0;

  rgbOf(colour: string): Rgb {
    return rgbOf(colour);
  }

  async decode(file: Blob): Promise<Image> {
    this.decoded += 1;
    const upright = sharp(await file.arrayBuffer(), { failOn: 'error' }).autoOrient();
    const raw = upright.toColourspace('srgb').ensureAlpha().raw();
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    const size = { width: info.width, height: info.height };
    return {
      ...size,
      draw: (target, canvas = target) =>
        new RawDrawing(centred(resampled(data, size, target), target, canvas), canvas),
      close: () => {
        this.closed += 1;
      },
    };
  }
}

/** Knows colours as `#rrggbb` and `#rgb` alone. */
function rgbOf(colour: string): Rgb {
  const letters = colour.length === 4 ? [1, 1, 2, 2, 3, 3] : [1, 2, 3, 4, 5, 6];
  const value = Number.parseInt(letters.map((at) => colour[at]).join(''), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

class RawDrawing implements Drawing {
  private readonly rgba: Uint8ClampedArray;
  private readonly size: Size;

  constructor(rgba: Uint8ClampedArray, size: Size) {
    this.rgba = rgba;
    this.size = size;
  }

  pixels(): Uint8ClampedArray {
    return this.rgba.slice();
  }

  layOn(colour: string): void {
    const under = rgbOf(colour);
    for (let at = 0; at < this.rgba.length; at += 4) {
      const alpha = (this.rgba[at + 3] ?? 0) / 255;
      for (const [channel, base] of under.entries()) {
        this.rgba[at + channel] = (this.rgba[at + channel] ?? 0) * alpha + base * (1 - alpha);
      }
      this.rgba[at + 3] = 255;
    }
  }

  /** A JPEG has a profile with words, as Chromium writes it. */
  async encode(type: ImageType, quality = 1): Promise<Blob> {
    const image = sharp(this.rgba, { raw: { ...this.size, channels: 4 } });
    const percent = Math.round(quality * 100);
    if (type === 'image/jpeg') image.flatten().jpeg({ quality: percent }).withIccProfile('srgb');
    else if (type === 'image/webp') image.webp({ quality: percent });
    else image.png();
    return new Blob([new Uint8Array(await image.toBuffer())], { type });
  }
}

function centred(
  rgba: Uint8ClampedArray,
  { width, height }: Size,
  canvas: Size,
): Uint8ClampedArray {
  const whole = new Uint8ClampedArray(canvas.width * canvas.height * 4);
  const left = Math.floor((canvas.width - width) / 2);
  const top = Math.floor((canvas.height - height) / 2);
  for (let y = 0; y < height; y += 1) {
    const row = rgba.subarray(y * width * 4, (y + 1) * width * 4);
    whole.set(row, ((top + y) * canvas.width + left) * 4);
  }
  return whole;
}

/** Nearest neighbour: enough to tell sizes and colours by. */
function resampled(from: Uint8Array, source: Size, target: Size): Uint8ClampedArray {
  const to = new Uint8ClampedArray(target.width * target.height * 4);
  for (let y = 0; y < target.height; y += 1) {
    const row = Math.floor((y * source.height) / target.height) * source.width;
    for (let x = 0; x < target.width; x += 1) {
      const pixel = (row + Math.floor((x * source.width) / target.width)) * 4;
      to.set(from.subarray(pixel, pixel + 4), (y * target.width + x) * 4);
    }
  }
  return to;
}
