/** One real click in the image menu, and the times of what follows. */
import type { Page } from 'puppeteer-core';
import { waitForCard } from '../e2e/harness/card.ts';
import { aimAtEntry } from '../e2e/harness/image-menu.ts';
import { poll } from '../e2e/harness/poll.ts';
import type { Session } from '../e2e/harness/session.ts';
import { isBackgroundAsleep } from '../e2e/harness/worker.ts';
import { now, type ModelClock } from './model-clock.ts';
import { putToSleep, type Extension } from './subjects.ts';

export const MEASURES = ['request', 'card', 'words', 'ours'] as const;
export type Measure = (typeof MEASURES)[number];
/**
 * Milliseconds. From the click to the request's first bytes at the server, and to the frame that
 * paints the card; from the first word's leaving the server to the frame that paints it; and from
 * the click to that frame without the time that the server had the request.
 */
export type Times = Record<Measure, number>;

export interface Clicked {
  extension: Extension;
  session: Session;
  page: Page;
}

/** The click is over by then, and the first word has not left the server. */
const SETTLE_MS = 300;
/** From the last look to the first word, so that the one does not slow the other. */
const AFTER_LOOK_MS = 50;
/** Until the answer is whole and stored. */
const REST_MS = 500;

interface Seen {
  card: PromiseWithResolvers<number>;
  words: PromiseWithResolvers<number>;
}

/** Notes in the page the frames that paint a card and the floor's words. */
function watchPage(): void {
  const seen: Seen = { card: Promise.withResolvers(), words: Promise.withResolvers() };
  Object.assign(globalThis, { seen });
  const atFrame = (resolve: (at: number) => void) =>
    requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
  const observer = new MutationObserver(() => {
    const card = document.querySelector('descry-card, floor-card');
    if (card) atFrame(seen.card.resolve);
    if (card?.textContent.includes('First')) atFrame(seen.words.resolve);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

/** The same for the words in Descry's closed shadow root. */
function watchCard(root: ShadowRoot): void {
  const { words } = (globalThis as unknown as { seen: Seen }).seen;
  const haveCome = () => root.querySelector('.job-words')?.textContent.includes('First') === true;
  new MutationObserver(() => {
    if (!haveCome()) return;
    requestAnimationFrame(() => words.resolve(performance.timeOrigin + performance.now()));
  }).observe(root, { childList: true, characterData: true, subtree: true });
}

/** Reloads the page, clicks on its image and takes the times; with the worker awake or asleep. */
export async function clickOnce(
  { extension, session, page }: Clicked,
  clock: ModelClock,
  asleep: boolean,
): Promise<Times> {
  await page.bringToFront();
  await page.reload();
  await page.evaluate(watchPage);
  // Another question each time: the same one would be answered from the history.
  await page.evaluate((title: string) => (document.title = title), `Round ${now()}`);
  if (asleep) await putToSleep(session);
  await aimAtEntry(session, page, '#image');
  if ((await isBackgroundAsleep(session)) !== asleep) throw new Error('the worker woke or slept');
  const before = clock.requests.length;
  const looked = Promise.withResolvers<void>();
  clock.mayAnswer = looked.promise;
  const clickedAt = now();
  session.xdotool.send('key Return');
  // Looking on costs time of its own: wait until there is something to see.
  await sleep(SETTLE_MS);
  if (extension === 'Descry') await (await waitForCard(session, page)).root.evaluate(watchCard);
  await sleep(AFTER_LOOK_MS);
  looked.resolve();
  const seen = await page.evaluate(async () => {
    const { card, words } = (globalThis as unknown as { seen: Seen }).seen;
    return { cardAt: await card.promise, wordsAt: await words.promise };
  });
  const request = await poll('the request', () => clock.requests[before]);
  await sleep(REST_MS);
  return {
    request: request.at - clickedAt,
    card: seen.cardAt - clickedAt,
    words: seen.wordsAt - request.firstWordAt,
    ours: seen.wordsAt - clickedAt - (request.firstWordAt - request.wholeAt),
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
