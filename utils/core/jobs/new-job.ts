/** A job as it begins. */
import { DEFAULT_MAX_TOKENS } from '../vision/provider-kind';
import { isSettled } from './answer-state';
import { newAnswer } from './change-job';
import type { Job } from './job';
import { presentTurn, stateOf } from './turns';

export interface NewJobOptions extends Pick<Job, 'tabId' | 'image' | 'preset'> {
  /** Where something is stored under it already. */
  id?: string;
  /** Several images, which are stored already. */
  images?: Job['images'];
  /** Waits for a question: nothing is asked, and nothing is sent. */
  waits?: boolean;
}

/** A job that is to be asked about at once, or that waits for its question. */
export function newJob({
  id = crypto.randomUUID(),
  tabId,
  image,
  images,
  preset,
  waits,
}: NewJobOptions): Job {
  const maxTokens = preset.maxTokens ?? DEFAULT_MAX_TOKENS;
  return {
    id,
    createdAt: Date.now(),
    tabId,
    image,
    ...(images ? { images } : {}),
    preset,
    turns: [{ answers: [newAnswer(1, { maxTokens }, { status: waits ? 'asking' : 'queued' })] }],
  };
}

/** Whether a job is about to answer what a new one would ask: it is shown, not asked twice. */
export function asksTheSame(job: Job, { tabId, image, preset }: NewJobOptions): boolean {
  return (
    !isSettled(stateOf(job)) &&
    job.turns.length === 1 &&
    presentTurn(job).question === undefined &&
    job.tabId === tabId &&
    image.kind !== 'file' &&
    job.image.kind === image.kind &&
    job.image.imageId === image.imageId &&
    job.image.srcUrl === image.srcUrl &&
    job.image.frameId === image.frameId &&
    job.image.pageUrl === image.pageUrl &&
    job.preset.id === preset.id &&
    job.preset.prompt === preset.prompt
  );
}
