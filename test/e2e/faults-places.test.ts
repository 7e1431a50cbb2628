import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { textOf } from '../../utils/core/jobs/answer-state.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER, sleep } from './faults/faulty-server.ts';
import { endedJob, faultTable, LAST_MS, lostOf, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import { countCards, waitForCard, type CardHandle } from './harness/card.ts';
import { offeredIn } from './harness/cut-off.ts';
import { evaluateInExtension } from './harness/extension-page.ts';
import { readJobs } from './harness/jobs.ts';
import { openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { openPopup } from './harness/popup.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: FaultSession;
const seen = new Map<string, string>();
const WORDS = Array.from({ length: 100 }, (_, at) => `word${at} `);
const GONE = 'Descry was updated or restarted';
const WHOLE = WORDS.join('').trim();

beforeAll(async () => {
  session = await startFaultSession();
  session.pages.page('/other', '<h1>Another page</h1>');
  // The same image would be answered from the history.
  for (const [name, red] of Object.entries({ blue: 20, violet: 90, pink: 200 })) {
    session.pages.file(`/${name}.png`, plainPng(120, 90, [red, 40, 200]), 'image/png');
    session.pages.page(`/${name}`, `<img id="image" src="/${name}.png" alt="">`);
  }
});

afterAll(() => session.stop());

beforeEach(() => session.begin());

/** An answer of which half is in the card of a page, and the other half waits to be let come. */
async function inMidStream(): Promise<{ page: Page; card: CardHandle; resume: () => void }> {
  const rest = Promise.withResolvers<void>();
  session.server.play(async ({ sayEach, end }) => {
    await sayEach(WORDS.slice(0, 50), 30);
    await rest.promise;
    await sayEach(WORDS.slice(50), 30);
    end();
  });
  const clicked = await session.click();
  await clicked.card.waitForText('word40');
  return { ...clicked, resume: rest.resolve };
}

/** Firefox never tells `page.goBack` that it is there. */
async function back(page: Page, path: string): Promise<void> {
  await page.evaluate(() => history.back()).catch(() => undefined);
  await poll('the page before', () =>
    page.evaluate((to) => location.pathname === to, path).catch(() => false),
  );
}

async function hasNoCard(page: Page): Promise<boolean> {
  return (await countCards(page)) === 0;
}

/** The answer comes all the same, and stands among the results. */
async function expectAmongResults(row: string): Promise<void> {
  const job = await endedJob(session);
  expect(stateOf(job)).toMatchObject({ status: 'done', text: WHOLE });
  const results = await openResults(session);
  await results.waitForText('word99');
  const lost = lostOf(job, { all: WHOLE, surely: WHOLE });
  seen.set(row, `in the popup ${await seenIn(results)}; ${lost}`);
  await results.close();
}

it('a tab that is closed does not take its answer along', async () => {
  const { page, resume } = await inMidStream();
  await page.close();
  resume();
  await expectAmongResults('Tab closed');
});

it('a tab that goes elsewhere does not either', async () => {
  const { page, resume } = await inMidStream();
  await page.goto(session.pages.url('/other'));
  resume();
  await expectAmongResults('Tab navigated');
});

it('nor does one that the browser discards', async () => {
  const { resume } = await inMidStream();
  const tabId = (await readJobs(session))[0]?.tabId;
  const other = await openPage(session, '/other');
  await other.bringToFront();
  const discarded = await evaluateInExtension(
    session,
    async (id: number) => {
      const { browser, chrome } = globalThis as Globals;
      const tabs = (browser ?? chrome)?.tabs;
      await tabs?.discard(id);
      return (await tabs?.query({ discarded: true }))?.length;
    },
    tabId ?? -1,
  );
  expect(discarded).toBe(1);
  resume();
  await expectAmongResults('Tab discarded');
});

it('a page that comes back out of the cache goes on where the answer is', async () => {
  const { page, resume } = await inMidStream();
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
  });
  await page.goto(session.pages.url('/other'));
  resume();
  await sleep(500);
  await back(page, '/');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'persisted') as unknown)).toBe(true);
  const card = await waitForCard(session, page);
  await card.waitForText('word99');
  const job = await endedJob(session);
  const lost = lostOf(job, { all: WHOLE, surely: WHOLE });
  seen.set('Tab in the back/forward cache, and back', `${await seenIn(card)}; ${lost}`);
});

it('a popup that closes leaves the answer to come', async () => {
  const { page, resume } = await inMidStream();
  const popup = await openPopup(session, page);
  await popup.waitForText('word40');
  await popup.close();
  resume();
  const job = await endedJob(session);
  const again = await openPopup(session, page);
  await again.waitForText('word99');
  await again.close();
  const lost = lostOf(job, { all: WHOLE, surely: WHOLE });
  seen.set('Popup closed', `in the popup, opened again, the answer; ${lost}`);
});

it('an update in mid-job cuts the card off in words, and the job goes on from the popup', async () => {
  const hidden = await session.click('/violet');
  const cached = await session.click('/pink');
  await cached.card.waitForText(ANSWER);
  await cached.page.goto(session.pages.url('/other'));
  const { page, card } = await inMidStream();
  const at = Date.now();
  const build = `../../.output/${session.name}-mv3`;
  await session.browser.installExtension(fileURLToPath(new URL(build, import.meta.url)));
  await page.bringToFront();
  const text = await card.waitForText(GONE);
  expect(await offeredIn(card)).toEqual(['Close']);
  expect(text).toContain('word40');
  expect(await card.axe()).toEqual([]);
  const onCard = await seenIn(card);
  await hidden.page.bringToFront();
  await hidden.card.waitForText(GONE);
  await cached.page.bringToFront();
  await back(cached.page, '/pink');
  // Chromium loads such a page anew, and its card is gone with the one before.
  if (session.name === 'chrome') await poll('no card', () => hasNoCard(cached.page));
  else await (await waitForCard(session, cached.page)).waitForText(GONE);
  const results = await openResults(session);
  await results.waitForText('Interrupted');
  const job = await endedJob(session);
  expect(stateOf(job)).toMatchObject({ failure: { code: 'interrupted' } });
  const { server } = session;
  const lost = lostOf(job, {
    all: server.saidUntil(Infinity),
    surely: server.saidUntil(at - LAST_MS),
  });
  const row = 'Descry updated or reloaded';
  seen.set(row, `on the card ${onCard}; in the popup ${await seenIn(results)}; ${lost}`);
  server.play(({ say, end }) => {
    say(' the end.');
    end();
  });
  await results.clickButton('Continue');
  await results.waitForText('the end.');
  expect(textOf(stateOf(await endedJob(session)))).toBe(
    `${textOf(stateOf(job)).trimEnd()} the end.`,
  );
  // The image itself went along: it was kept until the answer is whole.
  expect(JSON.stringify(server.requests[0]?.body)).toContain('data:image/png;base64,');
  await results.close();
  // The browser alone closes it where its script has ended.
  await page.bringToFront();
  await card.clickButton('Close');
  await poll('the end of the card', async () => (await card.host.boundingBox()) === null);
  // And the next click is answered as ever.
  session.server.play(({ say, end }) => {
    say('A new answer.');
    end();
  });
  await (await session.click('/blue')).card.waitForText('A new answer.');
});

it('is in the docs as it was seen', () => {
  const table = faultTable('places');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  tabs: {
    discard(tabId: number): Promise<unknown>;
    query(what: { discarded: boolean }): Promise<unknown[]>;
  };
}
