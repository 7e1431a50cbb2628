import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { textOf } from '../../utils/core/jobs/answer-state.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER } from './faults/faulty-server.ts';
import { endedJob, faultTable, LAST_MS, lostOf, seenIn } from './faults/outcome.ts';
import { openResults } from './faults/results-page.ts';
import { entryWith } from './harness/history.ts';
import { MAX_ANSWER, spentFor } from './harness/spending.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: FaultSession;
let profile: string;
const seen = new Map<string, string>();
const WORDS = Array.from({ length: 400 }, (_, at) => `word${at} `);

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'descry-profile-'));
  session = await startFaultSession({ profile });
});

afterAll(async () => {
  await session.stop();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

it('a browser that is killed in mid-stream and started again has the words and what they may have cost, and continues', async () => {
  const { server } = session;
  server.play(async ({ sayEach }) => await sayEach(WORDS, 25));
  const { card } = await session.click();
  await card.waitForText('word60');
  const at = Date.now();
  session = await session.relaunch();
  const results = await openResults(session);
  await results.waitForText('Interrupted');
  const job = await endedJob(session);
  expect(stateOf(job)).toMatchObject({ failure: { code: 'interrupted' } });
  const lost = lostOf(job, {
    all: server.saidUntil(Infinity),
    surely: server.saidUntil(at - LAST_MS),
  });
  expect((await spentFor(session, 1)).outputTokens).toBe(MAX_ANSWER);
  const row = 'Killed in mid-stream, and started again';
  seen.set(row, `in the popup ${await seenIn(results)}; ${lost}`);
  server.play(({ say, end }) => {
    say(' the end.');
    end();
  });
  await results.clickButton('Continue');
  await results.waitForText('the end.');
  expect(textOf(stateOf(await endedJob(session)))).toBe(
    `${textOf(stateOf(job)).trimEnd()} the end.`,
  );
  expect(JSON.stringify(server.requests[0]?.body)).toContain('data:image/png;base64,');
  await results.close();
}, 60_000);

it('an answer that was whole is in the history after a power cut', async () => {
  session.server.play(({ say, end }) => {
    say(ANSWER);
    end();
  });
  const page = '<img id="image" src="/teal.png" alt="Second">';
  session.pages.page('/second', page);
  const { card } = await session.click('/second');
  await card.waitForText(ANSWER);
  await card.waitFor('.copy-as');
  session = await session.relaunch();
  const entry = await entryWith(session, ANSWER);
  expect(stateOf(entry.job)).toMatchObject({ status: 'done', text: ANSWER });
  seen.set('Killed right after the answer', 'in the history the answer; lost: nothing');
}, 60_000);

it('is in the docs as it was seen', () => {
  const table = faultTable('browser');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});
