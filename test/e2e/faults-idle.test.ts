import { afterAll, beforeAll, expect, it } from 'vitest';
import { textOf } from '../../utils/core/jobs/answer-state.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { sleep } from './faults/faulty-server.ts';
import { faultTable, lostOf, seenIn } from './faults/outcome.ts';
import { recordCutOff, standStill, type CutOffRecord } from './harness/cut-off.ts';
import { waitForCard } from './harness/card.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { isBackgroundAsleep } from './harness/worker.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: FaultSession;
const seen = new Map<string, string>();
/** What cards said meanwhile of a Descry that is gone, which it never was. */
const cutOff: Record<'stoodStill' | 'wasHidden', CutOffRecord[]> = {
  stoodStill: [],
  wasHidden: [],
};

/** Both browsers end an idle background after half a minute. */
const SILENT_MS = 90_000;
const SLOW = Array.from({ length: 6 }, (_, at) => `slow${at} `);
const SLOW_MS = 36_000;
const STILL_MS = 20_000;
/** Ten seconds for an image, thirty of rest, and what a busy machine adds. */
const ASLEEP_MS = 70_000;
const ADD_TO_COMPARISON = menuPlace('Add to comparison');

beforeAll(async () => {
  session = await startFaultSession({ leaveWorkers: true });
  for (const name of ['slow', 'still']) {
    session.pages.page(`/${name}`, `<img id="image" src="/teal.png" alt="${name}">`);
  }
});

afterAll(() => session.stop());

it('a first word that comes after 90 s, and a stream of three minutes, outlive the idle timer', async () => {
  const { server } = session;
  server.play(async ({ number, begin, say, sayEach, end }) => {
    begin();
    if (number === 1) await sleep(SILENT_MS);
    if (number === 1) say('At last.');
    else if (number === 3) say('At once.');
    else await sayEach(SLOW, SLOW_MS);
    end();
  });
  const silent = await session.click();
  await poll('the first request', () => server.requests.length === 1);
  const slow = await session.click('/slow');
  const still = await session.click('/still');
  const asked = Date.now();
  const ofSilent = await recordCutOff(silent.card);
  const ofSlow = await recordCutOff(slow.card);
  const ofStill = await recordCutOff(still.card);
  // Nothing is asked of the background meanwhile: that would keep it alive.
  await still.card.waitForText('At once.');
  await standStill(still.card, STILL_MS);
  cutOff.stoodStill.push(await ofStill());
  await sleep(asked + SILENT_MS + 5_000 - Date.now());
  await silent.page.bringToFront();
  cutOff.wasHidden.push(await ofSilent());
  expect(await silent.card.text()).toContain('At last.');
  expect(await seenIn(silent.card)).toBe('the answer');
  await sleep(SLOW.length * SLOW_MS - SILENT_MS);
  await slow.page.bringToFront();
  cutOff.wasHidden.push(await ofSlow());
  const ofStillAgain = await recordCutOff(still.card);
  await still.page.bringToFront();
  cutOff.wasHidden.push(await ofStillAgain());
  expect(await slow.card.text()).toContain(SLOW.join('').trim());
  const [, ...jobs] = await readJobs(session);
  expect(jobs.map((job) => stateOf(job).status)).toEqual(['done', 'done']);
  expect(jobs.map((job) => textOf(stateOf(job)))).toEqual([SLOW.join('').trim(), 'At last.']);
  const [slowJob, silentJob] = jobs;
  if (!slowJob || !silentJob) throw new Error('no jobs');
  const all = SLOW.join('');
  seen.set(
    'Silent for 90 s before the first word',
    `${await seenIn(silent.card)}; ${lostOf(silentJob, { all: 'At last.', surely: 'At last.' })}`,
  );
  seen.set(
    'A stream of three minutes, a word each 36 s',
    `${await seenIn(slow.card)}; ${lostOf(slowJob, { all, surely: all })}`,
  );
}, 300_000);

const SILENT = { frames: expect.any(Number) as number, said: 0 };
const NEVER = 'in no frame that Descry is gone; lost: nothing';

it('a page that stands still for 20 s does not say that Descry is gone, in no frame', () => {
  expect(cutOff.stoodStill).toEqual([SILENT]);
  seen.set('The page stands still for 20 s', NEVER);
});

it('nor does one whose tab was hidden for minutes', () => {
  expect(cutOff.wasHidden).toEqual([SILENT, SILENT, SILENT]);
  seen.set('The tab is hidden for minutes', NEVER);
});

it('after Stop the background sleeps, though the image never ends', async () => {
  session.pages.serve('/endless.png', {
    headers: { 'content-type': 'image/png', 'access-control-allow-origin': '*' },
    body: plainPng(200, 150).subarray(0, -12),
    forEver: new Uint8Array(64),
  });
  session.pages.page('/endless', '<h1>Long</h1>');
  const page = await openPage(session, '/endless');
  await page.evaluate(
    (src) => {
      document.body.append(Object.assign(new Image(200, 150), { id: 'image', src }));
    },
    // Of another site: its own one's background would read it as well.
    session.pages.url('/endless.png', 'localhost'),
  );
  await page.waitForFunction(() => document.querySelector('img')?.naturalWidth);
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  await card.clickButton('Stop');
  await card.waitForText('Stopped');
  expect(await isBackgroundAsleep(session)).toBe(false);
  await poll('sleep', () => isBackgroundAsleep(session), { timeout: ASLEEP_MS, interval: 1_000 });
  seen.set('Stop while an image never ends', 'in the card “Stopped”; the background sleeps');

  await describeImage(session, page, '#image', ADD_TO_COMPARISON);
  expect(await isBackgroundAsleep(session)).toBe(false);
  await poll('sleep', () => isBackgroundAsleep(session), { timeout: ASLEEP_MS, interval: 1_000 });
}, 180_000);

it('is in the docs as it was seen', () => {
  const table = faultTable('idle');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});
