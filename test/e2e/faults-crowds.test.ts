import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hasEnded, textOf } from '../../utils/core/jobs/answer-state.ts';
import type { Job } from '../../utils/core/jobs/job.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER, sleep } from './faults/faulty-server.ts';
import { endedJob, faultTable, lostOf, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import { waitForCard } from './harness/card.ts';
import { openExtensionPage } from './harness/extension-page.ts';
import { readHistory } from './harness/history.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: FaultSession;
const seen = new Map<string, string>();
const MANY = 50;
const DAY_MS = 86_400_000;

beforeAll(async () => {
  session = await startFaultSession();
});

afterAll(() => session.stop());

beforeEach(() => session.begin());

async function jobsThat(what: string, all: (jobs: Job[]) => boolean, timeout = 60_000) {
  return await poll(
    what,
    async () => {
      const jobs = await readJobs(session);
      return all(jobs) && jobs;
    },
    { timeout, interval: 200 },
  );
}

/** Sets the clock of the background, where jobs get their times. */
async function setClock(by: number): Promise<void> {
  if (session.name === 'firefox') {
    const page = await openExtensionPage(session, 'manifest.json');
    await page.evaluate((offset: number) => {
      const api = Reflect.get(globalThis, 'browser') as {
        extension: { getBackgroundPage(): { Date: DateConstructor } };
      };
      const clock = api.extension.getBackgroundPage().Date;
      const now = clock.now.bind(clock);
      clock.now = () => now() + offset;
    }, by);
    // It stays open: a function of a page that is gone is dead.
    return;
  }
  const target = session.browser.targets().find((each) => each.url().endsWith('/background.js'));
  const devtools = await target?.createCDPSession();
  const expression = `{ const now = Date.now.bind(Date); Date.now = () => now() + ${by}; }`;
  await devtools?.send('Runtime.evaluate', { expression });
  await devtools?.detach();
}

it(`${MANY} at once are all answered, six at a time`, async () => {
  let open = 0;
  let most = 0;
  const looked = Promise.withResolvers<void>();
  session.server.play(async ({ say, end, number }) => {
    open += 1;
    most = Math.max(most, open);
    await looked.promise;
    await sleep(50);
    say(`Answer ${number}.`);
    open -= 1;
    end();
  });
  // Files: each an image of its own, all given in one moment, as a person drops a folder.
  const page = await openExtensionPage(session, 'popup.html');
  const images = Array.from({ length: MANY }, (_, at) => {
    const png = plainPng(40 + at, 30, [at * 5, 100, 200]);
    return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  });
  const taken = await page.evaluate(giveAll, images);
  expect(taken).toBe(MANY);
  const results = await openResults(session);
  await results.waitForText('Waiting for other images to finish…');
  await results.close();
  await poll('six requests', () => open === 6);
  looked.resolve();
  const jobs = await jobsThat('fifty answers', (all) => {
    const answered = all.filter((job) => stateOf(job).status === 'done');
    return answered.length >= MANY;
  });
  const answers = new Set(jobs.slice(0, MANY).map((job) => textOf(stateOf(job))));
  expect(answers.size).toBe(MANY);
  expect(session.server.requests).toHaveLength(MANY);
  expect(most).toBe(6);
  await poll('fifty in the history', async () => (await readHistory(session)).length === MANY);
  await page.close();
  seen.set(`${MANY} at once`, 'in the popup and in the history fifty answers; lost: nothing');
}, 90_000);

it('the same from two tabs is answered in each', async () => {
  const both = Promise.withResolvers<void>();
  session.server.play(async ({ number, say, end }) => {
    if (number === 2) both.resolve();
    await both.promise;
    say(ANSWER);
    end();
  });
  const tabs: Page[] = [await openPage(session), await openPage(session)];
  for (const tab of tabs) await describeImage(session, tab, '#image');
  const cards = [];
  for (const tab of tabs) {
    await tab.bringToFront();
    const card = await waitForCard(session, tab);
    await card.waitForText(ANSWER);
    cards.push(card);
  }
  const jobs = await jobsThat('both', (all) =>
    all.slice(0, 2).every((job) => hasEnded(stateOf(job))),
  );
  expect(new Set(jobs.slice(0, 2).map(({ tabId }) => tabId)).size).toBe(2);
  expect(session.server.requests).toHaveLength(2);
  const [first] = cards;
  if (!first) throw new Error('no card');
  seen.set('The same from two tabs', `in each ${await seenIn(first)}; lost: nothing`);
});

it('a clock that is set back spoils neither a stream nor the order of what is kept', async () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at} `);
  const rest = Promise.withResolvers<void>();
  session.server.play(async ({ sayEach, end }) => {
    await sayEach(words.slice(0, 30), 30);
    await rest.promise;
    await sayEach(words.slice(30), 30);
    end();
  });
  const { card } = await session.click();
  await card.waitForText('word20');
  await setClock(-DAY_MS);
  rest.resolve();
  await card.waitForText('word59');
  const job = await endedJob(session);
  const state = stateOf(job);
  if (state.status !== 'done') throw new Error('not done');
  expect(state.finishedAt).toBeLessThan(state.startedAt);
  const text = await card.text();
  expect(text).not.toMatch(/-\d+(\.\d)? s/);
  expect(await card.axe()).toEqual([]);
  const all = words.join('');
  seen.set(
    'The clock set back a day in mid-stream',
    `${await seenIn(card)}; ${lostOf(job, { all, surely: all })}`,
  );
  // What is asked now is older by the clock, and kept all the same.
  session.server.play(({ say, end }) => {
    say('Of yesterday.');
    end();
  });
  session.pages.page('/second', '<img id="image" src="/teal.png" alt="Second">');
  await (await session.click('/second')).card.waitForText('Of yesterday.');
  await poll('both in the history', async () => (await readHistory(session)).length === 2);
  const results = await openResults(session);
  await results.waitForText('Of yesterday.');
  await results.close();
});

it('is in the docs as it was seen', () => {
  const table = faultTable('crowds');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});

/** Runs in a page of ours: what a drop of many files sends, by the library's own message shape. */
async function giveAll(images: string[]): Promise<number> {
  const api = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as {
    runtime: { sendMessage(message: object): Promise<{ res?: { ok: boolean } }> };
  };
  const answers = await Promise.all(
    images.map((dataUrl, id) =>
      api.runtime.sendMessage({
        id: 1_000 + id,
        type: 'file.describe',
        data: { dataUrl, name: `image ${id}.png` },
        timestamp: Date.now(),
      }),
    ),
  );
  return answers.filter(({ res }) => res?.ok).length;
}
