/** A job as a conversation: a next question, and what of the turns before it a model is told. */
import type { Purpose } from '../prompts/purpose';
import { advance } from './advance';
import { isSettled, textOf, type Job, type JobState, type Turn } from './job';

/** The turns of a job, the present one last. */
export function turnsOf({ earlier, question, state }: Job): Turn[] {
  return [...earlier, { ...(question === undefined ? {} : { question }), state }];
}

/**
 * The job with a question asked, as the first one where the job waited for it, else as the next.
 * `undefined` while the question before it is still being answered.
 */
export function withQuestion(job: Job, question: string | undefined): Job | undefined {
  const { edited: _edited, question: _asked, goesOn: _goesOn, ...others } = job;
  const rest = question === undefined ? others : { ...others, question };
  if (job.state.status === 'asking') {
    return { ...rest, state: advance(job.state, { type: 'asked' }) };
  }
  if (!isSettled(job.state)) return undefined;
  const earlier = turnsOf(job);
  const refused = job.state.status === 'failed' && job.state.failure.code === 'imageRefused';
  // Sent once more, it would spoil every question that comes after. Without an answer so far there
  // is nothing to go on from, and the question is a new try.
  const withoutImage = (refused || job.withoutImage === true) && answeredTurns(earlier).length > 0;
  const next = { ...rest, earlier, state: { status: 'queued' as const } };
  return { ...next, withoutImage };
}

/** Turns with an answer, whole or in part: a failed one is left out, so that it spoils no other. */
export function answeredTurns(turns: readonly Turn[]): Turn[] {
  return turns.filter(({ state }) => isAnswered(state));
}

function isAnswered(state: JobState): boolean {
  return (state.status === 'done' || state.status === 'stopped') && textOf(state) !== '';
}

/** What the image is for: as the person says, else as its page suggests. */
export function purposeOfJob({ role, context }: Job): Purpose | undefined {
  return role ?? context?.purpose?.role;
}

/** The language that a job's answers are asked in, as a BCP 47 tag: the browser's by default. */
export function languageOf({ preset, context }: Job): string {
  const named = preset.language === 'page' ? context?.language : preset.language;
  return named ?? navigator.language;
}

/** The second opinions on a job's present question, oldest first. */
export function opinionsOf(job: Job, jobs: Iterable<Job>): Job[] {
  return [...jobs]
    .filter(
      ({ opinionOf, question, earlier }) =>
        opinionOf === job.id && question === job.question && earlier.length === job.earlier.length,
    )
    .toSorted((a, b) => a.createdAt - b.createdAt);
}

/** The last answer, as the person has changed it; empty where there is none. */
export function answerOf(job: Job): string {
  return job.edited ?? textOf(job.state);
}

/** The first question's state, whatever has been asked since. */
export function firstStateOf({ earlier, state }: Job): JobState {
  return earlier[0]?.state ?? state;
}
