import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ANSWERS } from '../../../scripts/demo/answers';
import { DEMO_IMAGES } from '../../../scripts/demo/images';
import { demoAnswer, demoImageOf } from '../../../scripts/demo/recognise';
import { startDemoServer, type DemoServer } from '../../../scripts/demo/serve';
import { prepareImage } from '../../../utils/core/image/encode';
import { BUILTIN_PRESETS } from '../../../utils/core/prompts/builtin';
import { SharpCodec } from '../../utils/core/image/sharp-codec';

const LIMITS = {
  imageTypes: ['image/jpeg', 'image/png'],
  maxImageBytes: 3_000_000,
  rule: { kind: 'unknown', maxSide: 2048 },
} as const;

let server: DemoServer;
beforeAll(async () => {
  server = await startDemoServer();
});
afterAll(() => server.stop());

describe.each(DEMO_IMAGES)('$file', ({ file, location, width, height }) => {
  it('is served as it is', async () => {
    const response = await fetch(`${server.url}images/${file}`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await readFile(location));
    expect(response.headers.get('content-type')).toMatch(/^image\//);
  });

  it('has the size that the page says', async () => {
    expect(await sharp(await readFile(location)).metadata()).toMatchObject({ width, height });
  });

  it('goes out with its pixels untouched and is known by its bytes', async () => {
    const blob = new Blob([new Uint8Array(await readFile(location))]);
    const codec = new SharpCodec();
    const { signal } = new AbortController();
    const { dataUrl, untouched } = await prepareImage(blob, LIMITS, signal, { codec });
    const sent = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
    expect(untouched).toBe(true);
    expect(createHash('sha256').update(sent).digest('hex')).toBe(DEMO_ANSWERS[file]?.sha256);
    expect(demoImageOf(dataUrl)).toBe(file);
  });

  it('has an answer of its own to each preset', () => {
    const answers = BUILTIN_PRESETS.map(({ prompt }) => demoAnswer(`http://x/${file}?v=1`, prompt));
    expect(new Set(answers).size).toBe(3);
    expect(answers).not.toContain(undefined);
    // The built-in prompt asks for "about 125 characters".
    expect(answers[0]?.length).toBeLessThan(160);
  });
});

it('knows no other image', () => {
  expect(demoAnswer('data:image/png;base64,AAAA', 'Describe')).toBeUndefined();
  expect(demoAnswer('http://x/constructor', 'Describe')).toBeUndefined();
});

it('serves a page that names every image, and nothing else', async () => {
  const page = await (await fetch(server.url)).text();
  for (const [index, { file }] of DEMO_IMAGES.entries()) {
    expect(page).toContain(`id="image-${index + 1}" src="/images/${file}"`);
  }
  expect((await fetch(`${server.url}images/../../package.json`)).status).toBe(404);
});

it('takes another port where its own is taken', async () => {
  const second = await startDemoServer();
  expect(second.url).not.toBe(server.url);
  expect((await fetch(second.url)).status).toBe(200);
  await second.stop();
});
