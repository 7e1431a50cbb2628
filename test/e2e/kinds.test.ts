import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../utils/core/jobs/answer-state.ts';
import { waitForCard } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { docsTable } from './harness/docs-table.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { drawRectangle, pickImage } from './harness/picker.ts';
import { cleanUp, openPage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { KINDS, type Ask, type Kind } from './kinds/kinds.ts';
import { distanceFromRight, openFile, pathOf, serveKinds } from './kinds/serve.ts';
import { stateIn } from '../fixtures/jobs.ts';

let session: Session;
/** What this run saw, by kind. */
const seen = new Map<string, string>();

/** Chromium gives a click to a frame of another site only once that has drawn itself there. */
const FRAME_SETTLES_MS = 500;

const TABLE = docsTable('docs/IMAGES.md', 'kinds', 'Image');

const ROUTES = {
  url: 'address',
  page: 'bytes from the page',
  background: 'bytes from the background',
  screenshot: 'screenshot',
  upload: 'bytes given',
} as const;

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { provider: 'openai', key: 'sk-test-kinds' });
  await serveKinds(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session, /^(http|file)/));

async function targetOf(page: Page, { frame, address }: Kind): Promise<ElementHandle> {
  if (frame) {
    const inner = await (await page.waitForSelector(`#${frame}`))?.contentFrame();
    const image = await inner?.waitForSelector('#image');
    await new Promise((resolve) => setTimeout(resolve, FRAME_SETTLES_MS));
    if (image) return image;
  }
  const image = await page.waitForSelector(address ? 'img' : '#image, #host');
  if (!image) throw new Error('no image');
  return image;
}

async function ask(how: Ask, page: Page, target: ElementHandle): Promise<void> {
  if (how === 'menu') await describeImage(session, page, target);
  else if (how === 'picker') await pickImage(session, page, target);
  else await drawRectangle(session, page, '#image');
}

/** Whether the model was sent the image that was meant, by its address or by its colour. */
async function isRight(sent: string, route: Route): Promise<boolean> {
  if (route === 'url') return /^http:.*right\.png$/.test(sent);
  return (await distanceFromRight(sent)) < 6;
}

describe('every kind of image', () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', async (name, kind) => {
    const { name: browser } = session;
    const how = typeof kind.ask === 'object' ? kind.ask[browser] : (kind.ask ?? 'menu');
    const route = typeof kind.route === 'object' ? kind.route[browser] : kind.route;
    if (kind.notDownloadable) {
      const message = 'Failed to download image';
      session.model.fail({ status: 400, message, code: 'invalid_image_url' });
    }
    if (kind.grant) await grantHost(session, kind.grant);
    const page = kind.file
      ? await openFile(session, kind)
      : await openPage(session, pathOf(kind), kind.host);
    // A cookie counts from the second request on.
    if (kind.headers?.['set-cookie']) await page.reload();
    const target = await targetOf(page, kind);
    const { ready } = kind;
    if (ready) await poll(ready, () => page.evaluate(ready) as Promise<boolean>);
    await ask(how, page, target);
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    const [job] = await readJobs(session);
    expect(stateIn(job)).toMatchObject({ status: 'done', sent: { route } });
    const sent = session.model.requests().at(-1)?.images[0] ?? '';
    expect(await isRight(sent, route)).toBe(true);
    seen.set(name, `${how}: ${ROUTES[route]}`);
  });

  it('is in the docs as it was seen', () => {
    if (process.env['DESCRY_WRITE_DOCS']) TABLE.document(session.name, seen);
    expect([...seen]).toEqual([...TABLE.documented(session.name)]);
  });
});
