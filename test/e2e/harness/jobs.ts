/** The jobs that the extension keeps for this browser session, read from its storage. */
import type { Job } from '../../../utils/core/jobs/job.ts';
import { evaluateInExtension } from './extension-page.ts';
import type { Session } from './session.ts';

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  storage: { session: { get(): Promise<Record<string, unknown>>; clear(): Promise<void> } };
}

/** All stored jobs, newest first. */
export async function readJobs(session: Session): Promise<Job[]> {
  const items = await evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as Globals;
    return (await (browser ?? chrome)?.storage.session.get()) ?? {};
  });
  const jobs = Object.entries(items).flatMap(([key, job]) =>
    key.startsWith('job:') ? [job as Job] : [],
  );
  return jobs.toSorted((a, b) => b.createdAt - a.createdAt);
}
