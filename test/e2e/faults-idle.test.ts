import { afterAll, beforeAll, expect, it } from 'vitest';
import { textOf } from '../../utils/jobs/job.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { sleep } from './faults/faulty-server.ts';
import { faultTable, lostOf, seenIn } from './faults/outcome.ts';
import { readJobs } from './harness/jobs.ts';
import { poll } from './harness/poll.ts';

let session: FaultSession;
const seen = new Map<string, string>();

/** Both browsers end an idle background after half a minute. */
const SILENT_MS = 90_000;
const SLOW = Array.from({ length: 6 }, (_, at) => `slow${at} `);
const SLOW_MS = 36_000;

beforeAll(async () => {
  session = await startFaultSession({ leaveWorkers: true });
  session.pages.page('/slow', '<img id="picture" src="/teal.png" alt="Slow">');
});

afterAll(() => session.stop());

it('a first word that comes after 90 s, and a stream of three minutes, outlive the idle timer', async () => {
  const { server } = session;
  server.play(async ({ number, begin, say, sayEach, end }) => {
    begin();
    if (number === 1) await sleep(SILENT_MS);
    if (number === 1) say('At last.');
    else await sayEach(SLOW, SLOW_MS);
    end();
  });
  const silent = await session.click();
  await poll('the first request', () => server.requests.length === 1);
  const slow = await session.click('/slow');
  // Nothing is asked of the background meanwhile: that would keep it alive.
  await sleep(SILENT_MS + 5_000);
  await silent.page.bringToFront();
  expect(await silent.card.text()).toContain('At last.');
  expect(await seenIn(silent.card)).toBe('the answer');
  await sleep(SLOW.length * SLOW_MS - SILENT_MS);
  await slow.page.bringToFront();
  expect(await slow.card.text()).toContain(SLOW.join('').trim());
  const jobs = await readJobs(session);
  expect(jobs.map(({ state }) => state.status)).toEqual(['done', 'done']);
  expect(jobs.map(({ state }) => textOf(state))).toEqual([SLOW.join('').trim(), 'At last.']);
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

it('is in the docs as it was seen', () => {
  const table = faultTable('idle');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});
