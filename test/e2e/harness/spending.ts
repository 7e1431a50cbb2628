/** What has been spent, as it is stored. */
import { readStorage } from './extension-page.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

/** The room for an answer where neither preset nor person says otherwise, in tokens. */
export const MAX_ANSWER = 4_000;

const NOTHING = { answers: 0, inputTokens: 0, outputTokens: 0, cost: 0, unpriced: 0 };
type Spent = typeof NOTHING;

/** What the seeded connection has used, once so many answers are counted and none is under way. */
export async function spentFor(
  session: Pick<Session, 'name' | 'browser' | 'baseUrl'>,
  answers: number,
): Promise<Spent> {
  return await poll(`${answers} counted answers`, async () => {
    const { spending, spendingHolds } = (await readStorage(session)) as Stored;
    const spent = Object.values(spending?.['seeded'] ?? {})[0] ?? NOTHING;
    return spent.answers === answers && !spendingHolds?.length && spent;
  });
}

interface Stored {
  spending?: Record<string, Record<string, Spent>>;
  spendingHolds?: unknown[];
}
