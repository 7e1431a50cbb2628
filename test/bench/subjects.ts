/** The extensions that are measured, each in a browser of its own in which nothing looks on. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { seedConnection } from '../e2e/harness/extension-page.ts';
import { waitForPage } from '../e2e/harness/find-page.ts';
import { grantHost } from '../e2e/harness/permission-prompt.ts';
import { plainPng } from '../e2e/harness/png.ts';
import { poll } from '../e2e/harness/poll.ts';
import { startSession, type Session } from '../e2e/harness/session.ts';
import { isBackgroundAsleep } from '../e2e/harness/worker.ts';
import type { ModelClock } from './model-clock.ts';

/** Public to the eye of Descry, which sends such an image by its address; and of this machine. */
const HOST_OF = { address: 'images.example.com', bytes: 'localhost' } as const;
export type Way = keyof typeof HOST_OF;
export const WAYS = Object.keys(HOST_OF) as Way[];

export type Extension = 'Descry' | 'floor';

export const FLOOR_PATH = fileURLToPath(new URL('floor-extension', import.meta.url));

/** Descry as after its welcome page: connected, and let in to the model server. */
export async function startDescry(clock: ModelClock): Promise<Session> {
  const session = await startSession({ browser: 'chrome', leaveWorkers: true });
  await grantHost(session, 'http://127.0.0.1/*');
  await seedConnection(session, { provider: 'openai', baseUrl: clock.baseUrl, key: 'sk-bench' });
  // A page of the extension would keep its process ready for the worker.
  await (await waitForPage(session, '/welcome.html')).close();
  return session;
}

/** The floor extension; which floor it is, the address of the page says. */
export function startFloor(): Promise<Session> {
  return startSession({ browser: 'chrome', leaveWorkers: true, extensionPath: FLOOR_PATH });
}

/** Opens a page whose `#image` is sent in one of the two ways. */
export async function openImagePage(
  session: Session,
  clock: ModelClock,
  way: Way,
  body = '<h1>A page</h1><p><img id="image" src="/teal.png" alt=""></p>',
): Promise<Page> {
  const { pages } = session;
  pages.file('/teal.png', plainPng(200, 150), 'image/png', { 'cache-control': 'max-age=3600' });
  pages.page('/', body);
  const page = await session.browser.newPage();
  const asked = new URLSearchParams({ model: clock.baseUrl, send: way });
  await page.goto(`${pages.url('/', HOST_OF[way])}?${asked}`);
  return page;
}

/**
 * Ends Chromium's worker without opening a page of its extension. The next start then takes a new
 * process, as after half a minute of rest, and that is most of it: the floor's request comes after
 * 80 ms, and after 36 where an open page of the extension keeps the process. (Measured one by one:
 * puppeteer's attaching to workers, how the worker was ended and the rest after it change nothing.)
 */
export async function putToSleep(session: Session): Promise<void> {
  const devtools = await session.browser.target().createCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets');
  for (const { type, url, targetId } of targetInfos) {
    if (type !== 'service_worker' || !url.includes(session.extensionId)) continue;
    await devtools.send('Target.closeTarget', { targetId });
  }
  await devtools.detach();
  await poll('the end of the worker', () => isBackgroundAsleep(session));
}
