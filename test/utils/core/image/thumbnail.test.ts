import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import {
  makeThumbnail,
  THUMBNAIL_MAX_LENGTH,
  THUMBNAIL_SIDE,
} from '../../../../utils/core/image/thumbnail';
import * as make from './samples';
import { SharpCodec } from './sharp-codec';

async function thumbnailOf(file: Uint8Array<ArrayBuffer>) {
  const url = await makeThumbnail(make.blob(file), new SharpCodec());
  const image = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return { url, ...(await sharp(image).metadata()) };
}

describe('makeThumbnail', () => {
  it('makes a small WebP of a large photograph, light enough to store', async () => {
    const thumbnail = await thumbnailOf(await make.bytesOf(make.photo(1200, 800).jpeg()));
    expect(thumbnail.url.length).toBeLessThanOrEqual(THUMBNAIL_MAX_LENGTH);
    expect(thumbnail).toMatchObject({ format: 'webp', width: THUMBNAIL_SIDE, height: 128 });
  });

  it('leaves a small image its size', async () => {
    const thumbnail = await thumbnailOf(await make.bytesOf(make.flat(20, 10).png()));
    expect(thumbnail).toMatchObject({ width: 20, height: 10 });
  });

  it('gets lighter until even pure noise fits', async () => {
    let seed = 7;
    const noise = new Uint8Array(400 * 400 * 3).map(() => (seed = (seed * 16_807) % 2_147_483_647));
    const raw = { raw: { width: 400, height: 400, channels: 3 } } as const;
    const thumbnail = await thumbnailOf(await make.bytesOf(sharp(noise, raw).png()));
    expect(thumbnail.url.length).toBeLessThanOrEqual(THUMBNAIL_MAX_LENGTH);
  });

  it('refuses what is no image', async () => {
    const file = make.blob(make.text('nope'));
    await expect(makeThumbnail(file, new SharpCodec())).rejects.toThrow('imageBroken');
  });
});
