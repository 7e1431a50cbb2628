import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultSession, type FaultSession } from './faults/fault-session.ts';
import { ANSWER } from './faults/faulty-server.ts';
import { NETWORK_FAULTS, SERVER_FAULTS, type NetworkFault } from './faults/network-faults.ts';
import { endedJob, faultTable, lostOf, seenIn } from './faults/outcome.ts';
import { seedConnection } from './harness/extension-page.ts';

/** No request of ours asks for more, and this is where we stop listening (`job-answer.ts`). */
const LONGEST = 200_000;

let session: FaultSession;

beforeAll(async () => {
  session = await startFaultSession();
});

afterAll(() => session.stop());

beforeEach(() => session.begin());

async function suffer(fault: NetworkFault): Promise<string> {
  const { server } = session;
  const { script, baseUrl, requests, ends, said = ANSWER } = fault;
  const retries = fault.retries?.[session.name];
  if (script) server.play(script);
  if (baseUrl) await seedConnection(session, { baseUrl: baseUrl(server), key: 'k' });
  const { card } = await session.click();
  if (retries) await card.waitForText(retries);
  const job = await endedJob(session);
  expect(server.requests).toHaveLength(requests);
  expect(job.state).toMatchObject(
    ends.status === 'done' ? ends : { status: 'failed', failure: { code: ends.code } },
  );
  const arrived = requests === 0 || (ends.status === 'failed' && !fault.said) ? '' : said;
  const all = arrived.slice(0, LONGEST);
  const lost = lostOf(job, { all, surely: all });
  if (arrived !== '') await card.waitForText(all.trim().slice(0, 30));
  expect(await card.axe()).toEqual([]);
  const seen = await seenIn(card);
  const before = retries ? 'tried again in sight, then ' : '';
  const cut = all.length < arrived.length ? `, ended at ${LONGEST / 1000},000 characters` : '';
  return `${before}${seen}${cut}; ${lost}`;
}

describe.each([
  ['network', NETWORK_FAULTS],
  ['server', SERVER_FAULTS],
] as const)('the %s:', (name, faults) => {
  const seen = new Map<string, string>();
  const table = faultTable(name);

  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (row, fault) => {
    seen.set(row, await suffer(fault));
  });

  it('is in the docs as it was seen', () => {
    if (process.env['DESCRY_WRITE_DOCS']) table.document(session.name, seen);
    expect([...seen]).toEqual([...table.documented(session.name)]);
  });
});
