/** What small models, and the servers that they run on, can see at all. */
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { prepareImage } from '../../../../utils/core/image/encode';
import type { ServerId } from '../../../../utils/core/vision/provider-kind';
import { providerKind } from '../../../../utils/core/vision/providers';
import * as make from './samples';
import { SharpCodec } from './sharp-codec';

async function prepare(
  file: Uint8Array<ArrayBuffer>,
  { id = 'ollama', behind = '#ffffff' }: { id?: ServerId; behind?: string } = {},
) {
  const codec = new SharpCodec();
  const background = vi.fn<() => Promise<string>>().mockResolvedValue(behind);
  const limits = { ...providerKind(id), rule: { kind: 'unknown', maxSide: 2048 } as const };
  const { signal } = new AbortController();
  const prepared = await prepareImage(make.blob(file), limits, signal, { codec, background });
  const bytes = Buffer.from(prepared.dataUrl.split(',')[1] ?? '', 'base64');
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixel = (x: number, y: number) => {
    const at = (y * info.width + x) * info.channels;
    return [...data.subarray(at, at + 3)];
  };
  return { ...prepared, pixel, background };
}

const RED = '#b42878';
const plain = (width: number, height: number, background = RED) =>
  make.bytesOf(sharp({ create: { width, height, channels: 3, background } }).png());

describe('a shape that models refuse is not sent', () => {
  it.each([
    [16, 16],
    [31, 31],
    [332, 27],
    [3, 2000],
    [800, 8],
    [1, 500],
    [20_000, 90],
  ])('%i × %i', async (width, height) => {
    for (const id of ['ollama', 'lmstudio', 'llamacpp', 'vllm', 'custom', 'groq'] as const) {
      const sent = await prepare(await plain(width, height), { id, behind: '#102030' });
      expect(Math.min(sent.width, sent.height)).toBeGreaterThanOrEqual(32);
      const ratio = sent.width / sent.height;
      expect(Math.max(ratio, 1 / ratio)).toBeLessThan(200);
      expect(
        await sharp(Buffer.from(sent.dataUrl.split(',')[1] ?? '', 'base64')).metadata(),
      ).toMatchObject({
        width: sent.width,
        height: sent.height,
      });
      expect(sent.original).toMatchObject({ width, height });
      expect(sent.pixel((sent.width - 1) >> 1, (sent.height - 1) >> 1)).toEqual([0xb4, 0x28, 0x78]);
    }
  });

  it('but a margin in the colour of its page', async () => {
    const sent = await prepare(await plain(332, 20), { behind: '#102030' });
    expect(sent).toMatchObject({ width: 332, height: 32, mimeType: 'image/png' });
    expect(sent.pixel(166, 2)).toEqual([0x10, 0x20, 0x30]);
    expect(sent.pixel(166, 16)).toEqual([0xb4, 0x28, 0x78]);
    expect(sent.background).toHaveBeenCalledOnce();
  });

  it('and nothing is done to it for a server that takes any', async () => {
    const sent = await prepare(await plain(16, 16), { id: 'openai' });
    expect(sent).toMatchObject({ width: 16, height: 16, untouched: true });
  });

  it('and nothing to what is large enough', async () => {
    const sent = await prepare(await plain(32, 32));
    expect(sent).toMatchObject({ untouched: true });
    expect(sent.background).not.toHaveBeenCalled();
  });
});

it('a WebP does not reach Ollama, which loses it', async () => {
  const webp = await make.bytesOf(make.photo(300, 200).webp());
  expect(await prepare(webp)).toMatchObject({ mimeType: 'image/jpeg', untouched: false });
});

describe('a see-through image', () => {
  const icon = (colour: string) =>
    make.bytesOf(
      sharp({ create: { width: 96, height: 96, channels: 4, background: '#00000000' } })
        .composite([
          {
            input: { create: { width: 40, height: 40, channels: 3, background: colour } },
            left: 28,
            top: 28,
          },
        ])
        .png(),
    );

  it.each([
    ['white on white', '#ffffff', '#ffffff', [0, 0, 0]],
    ['nearly white on white', '#f4f4f4', '#ffffff', [0, 0, 0]],
    ['dark on dark', '#101010', '#1a1a1a', [255, 255, 255]],
    ['grey on the same grey', '#808080', '#888888', [0, 0, 0]],
  ])('is laid on another colour where it would vanish: %s', async (_, colour, behind, ground) => {
    const sent = await prepare(await icon(colour), { behind });
    expect(sent.pixel(3, 3)).toEqual(ground);
    const middle = Number.parseInt(colour.slice(1, 3), 16);
    expect(sent.pixel(48, 48)).toEqual([middle, middle, middle]);
  });

  it.each([
    ['white', '#ffffff', '#1a1a1a', [26, 26, 26]],
    ['pale', '#e0e0e0', '#888888', [136, 136, 136]],
    ['red', RED, '#ffffff', [255, 255, 255]],
  ])('keeps the colour of its page where it can be seen: %s', async (_, colour, behind, ground) => {
    expect((await prepare(await icon(colour), { behind })).pixel(3, 3)).toEqual(ground);
  });
});
