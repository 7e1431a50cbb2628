/** The history, read out of its database as any program could that has the profile. */
import { textOf } from '../../../utils/core/jobs/answer-state.ts';
import type { Job } from '../../../utils/core/jobs/job.ts';
import { stateOf } from '../../../utils/core/jobs/turns.ts';
import { evaluateInExtension } from './extension-page.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

export interface StoredEntry {
  id: string;
  job: Job;
}

/** All entries as they are stored; none where there is no database. */
export async function readHistory(
  session: Pick<Session, 'name' | 'browser' | 'baseUrl'>,
): Promise<StoredEntry[]> {
  return await evaluateInExtension(session, async () => {
    const all = await indexedDB.databases();
    if (!all.some(({ name }) => name === 'descry')) return [];
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('descry');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
    });
    try {
      return await new Promise<StoredEntry[]>((resolve, reject) => {
        const request = db.transaction('entries').objectStore('entries').getAll();
        request.addEventListener('success', () => resolve(request.result as StoredEntry[]));
        request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
      });
    } finally {
      db.close();
    }
  });
}

/** The entry whose answer this is, as soon as it is there. */
export async function entryWith(
  session: Pick<Session, 'name' | 'browser' | 'baseUrl'>,
  answer: string,
): Promise<StoredEntry> {
  return await poll(`"${answer}" in the history`, async () =>
    (await readHistory(session)).find(({ job }) => textOf(stateOf(job)) === answer),
  );
}
