import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER } from './faults/faulty-server.ts';
import { NETWORK_FAULTS, SERVER_FAULTS, type NetworkFault } from './faults/network-faults.ts';
import { endedJob, faultTable, lostOf, seenIn } from './faults/outcome.ts';
import { waitForCard, type CardHandle } from './harness/card.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { goOffline, OFFLINE_PREFS } from './harness/network.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { openPage } from './harness/image-page.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

/** No request of ours asks for more, and this is where we stop listening (`job-answer.ts`). */
const LONGEST = 200_000;

let session: FaultSession;
/** What this run saw, by table and fault. */
const seen = { network: new Map<string, string>(), server: new Map<string, string>() };

beforeAll(async () => {
  session = await startFaultSession({ prefs: OFFLINE_PREFS });
});

afterAll(() => session.stop());

beforeEach(() => session.begin());

async function expectEndOf(fault: NetworkFault): Promise<string> {
  const { server } = session;
  const { script, baseUrl, requests, ends, said = ANSWER } = fault;
  const retries = fault.retries?.[session.name];
  if (script) server.play(script);
  if (fault.allow) await grantHost(session, fault.allow);
  if (baseUrl) await seedConnection(session, { baseUrl: baseUrl(server), key: 'k' });
  const { card } = await session.click();
  if (retries) await card.waitForText(retries);
  const job = await endedJob(session);
  expect(server.requests).toHaveLength(requests);
  expect(stateOf(job)).toMatchObject(
    ends.status === 'done' ? ends : { status: 'failed', failure: { code: ends.code } },
  );
  const arrived = requests === 0 || (ends.status === 'failed' && !fault.said) ? '' : said;
  const all = arrived.slice(0, LONGEST);
  const lost = lostOf(job, { all, surely: all });
  if (arrived !== '') await card.waitForText(all.trim().slice(0, 30));
  expect(await card.axe()).toEqual([]);
  const shown = await seenIn(card);
  const before = retries ? 'visibly tried again, then ' : '';
  const cut = all.length < arrived.length ? `, ended at ${LONGEST / 1000},000 characters` : '';
  return `${before}${shown}${cut}; ${lost}`;
}

/** What the network itself has done by then, seen on the card and in the stored job. */
async function expectOffline(
  row: string,
  card: CardHandle,
  { all, back }: { all: string; back: () => Promise<void> },
): Promise<void> {
  let onCard = '';
  try {
    await card.waitForText('You are offline');
    onCard = await seenIn(card);
  } finally {
    await back();
  }
  expect(await card.axe()).toEqual([]);
  const job = await endedJob(session);
  expect(stateOf(job)).toMatchObject({ status: 'failed', failure: { code: 'offline' } });
  seen.network.set(row, `${onCard}; ${lostOf(job, { all, surely: all })}`);
}

describe('the network is gone', () => {
  // One on this machine would be there without a network.
  beforeEach(async () => {
    const { port } = session.server;
    await seedConnection(session, { baseUrl: `http://images.example.com:${port}/v1`, key: 'k' });
  });

  it('before the request', async () => {
    const page = await openPage(session);
    const back = await goOffline(session);
    await describeImage(session, page, '#image');
    await expectOffline('Offline before the request', await waitForCard(session, page), {
      all: '',
      back,
    });
    expect(session.server.requests).toHaveLength(0);
  });

  it('in mid-stream: nothing is closed, and nothing comes any more', async () => {
    const words = Array.from({ length: 40 }, (_, at) => `word${at} `);
    session.server.play(async ({ sayEach, gone }) => {
      await sayEach(words, 20);
      await gone;
    });
    const { card } = await session.click();
    await card.waitForText('word39');
    const back = await goOffline(session);
    await expectOffline('Offline in mid-stream', card, { all: words.join(''), back });
  });
});

describe.each([
  ['network', NETWORK_FAULTS],
  ['server', SERVER_FAULTS],
] as const)('the %s:', (name, faults) => {
  const table = faultTable(name);

  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (row, fault) => {
    seen[name].set(row, await expectEndOf(fault));
  });

  it('is in the docs as it was seen', () => {
    if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen[name]);
    expect([...seen[name]]).toEqual([...table.documented(session.name)]);
  });
});
