import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitForCard } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { metadataIn } from './harness/metadata.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { startSession, type Session } from './harness/session.ts';
import { FORMATS, NAMED_FILES, WRONG_FILES } from './kinds/formats.ts';
import { distanceFromRight, RIGHT } from './kinds/serve.ts';
import { dataUrlOf } from '../../utils/core/image/base64.ts';
import { stateIn } from '../fixtures/jobs.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

const IMAGE = '<img id="image" src="/file" width="200" height="150" alt="An image">';

async function describeFile(bytes: Uint8Array, type: string, style = '') {
  session.pages.file('/file', bytes, type, { 'cache-control': 'no-store' });
  session.pages.page('/file-page', `${style}${IMAGE}`);
  const page = await openPage(session, '/file-page');
  await describeImage(session, page, '#image');
  return await waitForCard(session, page);
}

const sentImage = () => session.model.requests().at(-1)?.images[0] ?? '';

describe('an image that servers do not take becomes one that they do', () => {
  it.each(FORMATS)('$name', async ({ bytes, type, animated = false, off = 6 }) => {
    const card = await describeFile(await bytes(), type);
    await card.waitForText(DEFAULT_ANSWER);
    expect(sentImage()).toMatch(/^data:image\/(png|jpeg);base64,/);
    expect(await distanceFromRight(sentImage())).toBeLessThan(off);
    const [job] = await readJobs(session);
    expect(stateIn(job)).toMatchObject({ sent: { original: { animated } } });
  });

  it('what EXIF turns arrives upright', async () => {
    const turned = FORMATS.find(({ name }) => name.includes('EXIF'));
    if (!turned) throw new Error('no such format');
    await (await describeFile(await turned.bytes(), turned.type)).waitForText(DEFAULT_ANSWER);
    expect(stateIn((await readJobs(session))[0])).toMatchObject({
      sent: { width: 150, height: 200 },
    });
  });

  it('see-through parts arrive on the colour that the page shows behind them', async () => {
    const glass = await sharp({
      create: { width: 200, height: 150, channels: 4, background: '#00000000' },
    })
      .png()
      .toBuffer();
    const [r, g, b] = RIGHT;
    const style = `<style>body { background: rgb(${r} ${g} ${b}) }</style>`;
    await (await describeFile(glass, 'image/png', style)).waitForText(DEFAULT_ANSWER);
    expect(await distanceFromRight(sentImage())).toBeLessThan(6);
  });
});

describe('what small models could not see arrives so that they can', () => {
  it.each([
    [16, 16, 6],
    // Between two margins, it is nearly gone in what looks at nine by nine places.
    [3, 300, 255],
  ])('an image of %i × %i is enlarged or gets a margin', async (width, height, off) => {
    await (
      await describeFile(plainPng(width, height, RIGHT), 'image/png')
    ).waitForText(DEFAULT_ANSWER);
    const sent = await sharp(Buffer.from(sentImage().split(',')[1] ?? '', 'base64')).metadata();
    expect(Math.min(sent.width, sent.height)).toBeGreaterThanOrEqual(32);
    expect(stateIn((await readJobs(session))[0])).toMatchObject({
      sent: { width: sent.width, height: sent.height, original: { width, height } },
    });
    expect(await distanceFromRight(sentImage())).toBeLessThan(off);
  });

  it.each([
    ['a gradient', 'body { background: linear-gradient(#111, #222) }'],
    [
      'a layer',
      'body::before { content: ""; position: fixed; inset: 0; background: #111; z-index: -1 }',
    ],
  ])('a white icon on a page that is dark by %s', async (_name, css) => {
    const white = { create: { width: 100, height: 75, channels: 3, background: '#fff' } } as const;
    const icon = await sharp({
      create: { width: 200, height: 150, channels: 4, background: '#00000000' },
    })
      .composite([{ input: white }])
      .png()
      .toBuffer();
    const card = await describeFile(icon, 'image/png', `<style>${css}</style>`);
    await card.waitForText(DEFAULT_ANSWER);
    const { channels } = await sharp(
      Buffer.from(sentImage().split(',')[1] ?? '', 'base64'),
    ).stats();
    for (const { min, max } of channels.slice(0, 3)) expect(max - min).toBeGreaterThan(200);
  });
});

it.each(NAMED_FILES)(
  'a %s arrives without a name, a place or a date',
  async (_name, bytes, type) => {
    const file = new Uint8Array(await bytes());
    expect(await metadataIn([dataUrlOf(file, type)])).not.toEqual([]);
    await (await describeFile(file, type)).waitForText(DEFAULT_ANSWER);
    expect(await metadataIn([sentImage()])).toEqual([]);
    expect(Buffer.from(sentImage().split(',')[1] ?? '', 'base64').toString('latin1')).not.toMatch(
      /Jane|Secret|SERIAL/i,
    );
    expect(stateIn((await readJobs(session))[0])).toMatchObject({ sent: { mimeType: type } });
  },
);

describe('a file that is wrong ends in words, and the next one works', () => {
  it.each(WRONG_FILES)('%s', async (_name, bytes, code) => {
    const card = await describeFile(bytes(), 'image/png');
    await card.waitFor('.job-notice.danger');
    expect(stateIn((await readJobs(session))[0])).toMatchObject({ failure: { code } });
    expect(session.model.requests()).toHaveLength(0);
    const sound = FORMATS[1];
    if (!sound) throw new Error('no format');
    await (await describeFile(await sound.bytes(), sound.type)).waitForText(DEFAULT_ANSWER);
  });
});
