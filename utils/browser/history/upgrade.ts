/** Brings the database of an earlier Descry to the present form, within the upgrade itself. */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import * as v from 'valibot';
import { formerOpinionOf, fromFormerJob, isFormerJob, routeFrom } from '../../core/jobs/former-job';
import { jobSchema, type Job, type Turn } from '../../core/jobs/job';
import { answersOf } from '../../core/jobs/turns';
import { entryOf, entrySchema } from './entry';

/** An entry is found by each of these. */
const LISTS = ['contentKeys', 'models'] as const;

/** So many entries are in memory at once. */
const BATCH = 500;

export type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;

/** Makes the stores of an empty database. */
export function createStores(db: IDBPDatabase<unknown>): void {
  const entries = db.createObjectStore('entries', { keyPath: 'id' });
  // The id tells entries of one moment apart.
  entries.createIndex('newest', ['newest', 'id']);
  for (const field of ['site', 'presetName', 'unfinished']) entries.createIndex(field, field);
  for (const field of LISTS) entries.createIndex(field, field, { multiEntry: true });
  db.createObjectStore('thumbnails', { keyPath: 'id' });
  createImages(db);
}

function createImages(db: IDBPDatabase<unknown>) {
  const images = db.createObjectStore('images', { keyPath: 'id' });
  images.createIndex('storedAt', 'storedAt');
  return images;
}

/**
 * From version 1: jobs get turns, and second opinions move into the job that they are about. An entry
 * that is not understood stays as it is.
 */
export async function upgradeFrom1(db: IDBPDatabase<unknown>, upgrade: Upgrade): Promise<void> {
  const entries = upgrade.objectStore('entries');
  for (const field of ['contentKey', 'model']) entries.deleteIndex(field);
  for (const field of LISTS) entries.createIndex(field, field, { multiEntry: true });
  const opinions: { job: Job; of: string }[] = [];
  for (let after: IDBKeyRange | undefined; ;) {
    const batch: unknown[] = await entries.getAll(after, BATCH);
    for (const entry of batch) {
      const former = Reflect.get(Object(entry), 'job') as unknown;
      if (!isFormerJob(former)) continue;
      const parsed = v.safeParse(jobSchema, fromFormerJob(former));
      if (!parsed.success) continue;
      await entries.put(entryOf(parsed.output));
      const of = formerOpinionOf(former);
      if (of !== undefined) opinions.push({ job: parsed.output, of });
    }
    const last = Reflect.get(Object(batch.at(-1)), 'id') as unknown;
    if (batch.length < BATCH || typeof last !== 'string') break;
    after = IDBKeyRange.lowerBound(last, true);
  }
  for (const { job, of } of opinions) {
    const parsed = v.safeParse(entrySchema, await entries.get(of));
    const together = parsed.success ? withOpinion(parsed.output.job, job) : undefined;
    if (!together) continue;
    await entries.put(entryOf(together));
    await entries.delete(job.id);
    await upgrade.objectStore('thumbnails').delete(job.id);
  }
  await moveImages(db, upgrade);
}

/** The job with another one's last answer beside its own; `undefined` where they ask other things. */
function withOpinion(job: Job, opinion: Job): Job | undefined {
  const at = opinion.turns.length - 1;
  const turn = job.turns[at];
  const own = opinion.turns[at];
  if (!turn || !own || turn.question !== own.question) return undefined;
  // With follow-ups of its own, it is a conversation of its own.
  const before = ({ turns }: Job) =>
    JSON.stringify(turns.slice(0, at).map((each) => [each.question, each.answers[0].state]));
  if (before(job) !== before(opinion)) return undefined;
  const id = String(answersOf(job).length + 1);
  const turns: Turn[] = [...job.turns];
  turns[at] = { ...turn, answers: [...turn.answers, { ...own.answers[0], id }] };
  return v.parse(jobSchema, { ...job, turns });
}

async function moveImages(db: IDBPDatabase<unknown>, upgrade: Upgrade): Promise<void> {
  const images = createImages(db);
  for (const image of (await upgrade.objectStore('pictures').getAll()) as unknown[]) {
    const { keptAt, route, ...rest } = Object(image) as Record<string, unknown>;
    await images.put({ ...rest, route: routeFrom(route), storedAt: keptAt });
  }
  db.deleteObjectStore('pictures');
}
