import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../../utils/core/jobs/answer-state.ts';
import type { Job } from '../../utils/core/jobs/job.ts';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER, sleep } from './faults/faulty-server.ts';
import { endedJob, faultTable, LAST_MS, lostOf, seenIn } from './faults/outcome.ts';
import type { CardHandle } from './harness/card.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { MAX_ANSWER, spentFor } from './harness/spending.ts';
import { stopBackground } from './harness/worker.ts';
import { earlierTurns, presentTurn, stateOf } from '../../utils/core/jobs/turns.ts';

let session: FaultSession;
const seen = new Map<string, string>();
const WORDS = Array.from({ length: 400 }, (_, at) => `word${at} `);

beforeAll(async () => {
  session = await startFaultSession();
});

afterAll(() => session.stop());

beforeEach(() => session.begin());

/** Kills the background, waits until that is known, and tells what came of it. */
async function kill(card: CardHandle, row: string): Promise<Job> {
  const at = Date.now();
  await stopBackground(session);
  await card.waitForText('Interrupted');
  const job = await endedJob(session);
  expect(stateOf(job)).toMatchObject({ status: 'failed', failure: { code: 'interrupted' } });
  const said = session.server;
  const lost = lostOf(job, { all: said.saidUntil(Infinity), surely: said.saidUntil(at - LAST_MS) });
  seen.set(row, `${await seenIn(card)}; ${lost}`);
  expect(await card.axe()).toEqual([]);
  return job;
}

/** Presses what is offered, and waits for a whole answer. */
async function resume(card: CardHandle, button: string): Promise<Job> {
  await card.clickButton(button);
  return await poll('the whole answer', async () => {
    const job = await endedJob(session);
    return stateOf(job).status === 'done' && job;
  });
}

describe('the background is killed', () => {
  it('before the request', async () => {
    // The page shows the image; what reads it once more waits for ever.
    let times = 0;
    session.pages.serve('/slow.png', async () => {
      times += 1;
      if (times > 1) await sleep(60_000);
      const headers = { 'content-type': 'image/png', 'cache-control': 'no-store' };
      return { body: plainPng(200, 150), headers };
    });
    session.pages.page('/slow', '<img id="image" src="/slow.png" alt="">');
    const { card } = await session.click('/slow');
    await poll('the second reading', () => times > 1);
    await kill(card, 'Killed before the request');
    expect(session.server.requests).toHaveLength(0);
    await spentFor(session, 0);
  });

  it('before the first word', async () => {
    session.server.play(({ begin }) => begin());
    const { card } = await session.click();
    await poll('the request', () => session.server.requests.length === 1);
    await sleep(300);
    await kill(card, 'Killed before the first word');
    await spentFor(session, 1);
    session.server.play(({ say, end }) => {
      say(ANSWER);
      end();
    });
    expect(textOf(stateOf(await resume(card, 'Retry')))).toBe(ANSWER);
  });

  it('in mid-stream: what it may have cost is counted, and the model continues', async () => {
    session.server.play(async ({ sayEach }) => await sayEach(WORDS, 25));
    const { card } = await session.click();
    await card.waitForText('word60');
    const job = await kill(card, 'Killed in mid-stream');
    // Nobody knows how far the server came: all of the room for the answer counts.
    const spent = await spentFor(session, 1);
    expect(spent.outputTokens).toBe(MAX_ANSWER);
    expect(spent.cost).toBe(spent.inputTokens + MAX_ANSWER);
    const part = textOf(stateOf(job)).trimEnd();
    session.server.play(({ say, end }) => {
      say(' and the end.');
      end();
    });
    const whole = await resume(card, 'Continue');
    expect(textOf(stateOf(whole))).toBe(`${part} and the end.`);
    expect((await spentFor(session, 2)).cost).toBeGreaterThan(spent.cost);
    // Mistral's way of saying so.
    expect(session.server.requests[0]?.body.messages.at(-1)).toEqual({
      role: 'assistant',
      content: part,
      prefix: true,
    });
  });

  it('after the last word, before the end was stored', async () => {
    session.server.play(async ({ sayEach, gone }) => {
      await sayEach(WORDS.slice(0, 20), 5);
      await gone;
    });
    const { card } = await session.click();
    await card.waitForText('word19');
    await sleep(LAST_MS + 200);
    await kill(card, 'Killed after the last word, before its end was stored');
  });

  it('during a follow-up, and the first answer stays', async () => {
    const { page, card } = await session.click();
    await card.waitForText(ANSWER);
    session.server.play(async ({ sayEach }) => await sayEach(WORDS, 25));
    await card.click('.ask textarea');
    await page.keyboard.type('What is beside it?');
    await page.keyboard.press('Enter');
    await card.waitForText('word40');
    const job = await kill(card, 'Killed during a follow-up');
    expect(presentTurn(job).question).toBe('What is beside it?');
    expect(earlierTurns(job).map(({ answers }) => textOf(answers[0].state))).toEqual([ANSWER]);
    expect(await card.text()).toContain(ANSWER);
    session.server.play(({ say, end }) => {
      say('A chair.');
      end();
    });
    expect(textOf(stateOf(await resume(card, 'Continue')))).toMatch(/A chair\.$/);
  });
});

it('is in the docs as it was seen', () => {
  const table = faultTable('background');
  if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
  expect([...seen]).toEqual([...table.documented(session.name)]);
});
