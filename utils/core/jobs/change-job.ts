/** `changeJob()`: the only way from one job to the next. */
import type { PageContext } from '../prompts/page-context';
import type { Purpose } from '../prompts/purpose';
import { advance } from './advance';
import { hasEnded, isSettled, partOf, type AnswerEvent, type AnswerState } from './answer-state';
import type { Answer, Job, Turn } from './job';
import type { JobImage } from './job-image';
import {
  answeredTurns,
  answersOf,
  mapAnswers,
  pageContextOf,
  presentAnswer,
  presentTurn,
} from './turns';

/** What can happen to a job. */
export type JobEvent =
  /** To one of its answers. */
  | (AnswerEvent & { answerId: string })
  /** A question: the first, where the job waits for one, else the next. */
  | { type: 'questionAsked'; question: string | undefined }
  /** The present question is asked another time, there or where it was asked. */
  | { type: 'opinionAsked'; using: Answer['using'] }
  /** An answer that has ended is asked for again. */
  | ({ type: 'retried'; answerId: string } & RetryOptions)
  /** The model is to continue what has come of an answer. */
  | { type: 'resumed'; answerId: string }
  /** The person has changed an answer; `undefined` for the model's own words. */
  | { type: 'edited'; answerId: string; text: string | undefined }
  /** An answer was set as the image's alt text in its page, or that was undone. */
  | { type: 'altSet'; answerId: string; altSet: boolean }
  /** What was asked has a key now, or none; what was behind the address before counts no more. */
  | { type: 'keyed'; answerId: string; contentKey: string | undefined }
  /** What was behind the address that was sent. */
  | { type: 'hashed'; answerId: string; imageHash: string }
  /** The page has said what it knows of the image. */
  | { type: 'contextFound'; pageContext: PageContext }
  /** What can be seen of the image; what is known already stays. */
  | { type: 'imageSeen'; thumbnail?: string | undefined; size?: JobImage['size'] };

/** What changes when an answer is asked for again. */
export interface RetryOptions {
  /** Doubles the room for the answer. */
  longer?: boolean | undefined;
  /** What the person says the image is for. */
  purpose?: Purpose | undefined;
  /** Of which model, in place of the one before. */
  using?: Answer['using'];
}

/**
 * The job after an event: the same object where the event does not belong to it as it is, so that
 * what comes late changes nothing.
 */
export function changeJob(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case 'questionAsked':
      return withQuestion(job, event.question);
    case 'opinionAsked':
      return withOpinion(job, event.using);
    case 'retried':
      return retried(job, event);
    case 'resumed':
      return withAnswer(job, event.answerId, (answer) =>
        partOf(answer.state) === ''
          ? answer
          : { ...answer, resumes: true, state: advance(answer.state, { type: 'askedAgain' }) },
      );
    case 'edited':
      return withAnswer(job, event.answerId, ({ edited: _edited, ...answer }) =>
        event.text === undefined ? answer : { ...answer, edited: event.text },
      );
    case 'altSet':
      return withAnswer(job, event.answerId, (answer) => ({ ...answer, altSet: event.altSet }));
    case 'keyed':
      return withAnswer(job, event.answerId, ({ contentKey: _key, imageHash: _hash, ...answer }) =>
        event.contentKey === undefined ? answer : { ...answer, contentKey: event.contentKey },
      );
    case 'hashed':
      return withAnswer(job, event.answerId, (answer) => ({
        ...answer,
        imageHash: event.imageHash,
      }));
    case 'contextFound':
      return withContext(job, event.pageContext);
    case 'imageSeen':
      return withSeen(job, event);
    default:
      return withAnswer(job, event.answerId, (answer) => {
        const state = advance(answer.state, event);
        return state === answer.state ? answer : { ...answer, state };
      });
  }
}

/** How an answer is asked for. */
type AnswerOptions = Pick<Answer, 'maxTokens' | 'using' | 'withoutImage'>;

/** A new answer, which is still to be asked for. */
export function newAnswer(
  number: number,
  { maxTokens, using, withoutImage }: AnswerOptions,
  state: AnswerState = { status: 'queued' },
): Answer {
  return {
    id: String(number),
    maxTokens,
    ...(using ? { using } : {}),
    ...(withoutImage ? { withoutImage } : {}),
    state,
  };
}

/** No answer ever leaves its job: their count is the number of the next one. */
function nextAnswer(job: Job, options: AnswerOptions): Answer {
  return newAnswer(answersOf(job).length + 1, options);
}

function withAnswer(job: Job, answerId: string, change: (answer: Answer) => Answer): Job {
  return mapAnswers(job, (answer) => (answer.id === answerId ? change(answer) : answer));
}

/** The job with its present turn changed. */
function withPresentTurn(job: Job, change: (turn: Turn) => Turn): Job {
  const [first, ...others] = job.turns;
  const last = change(presentTurn(job));
  return { ...job, turns: others.length === 0 ? [last] : [first, ...others.slice(0, -1), last] };
}

function withQuestion(job: Job, question: string | undefined): Job {
  const before = presentAnswer(job);
  const asked = question === undefined ? {} : { question };
  if (before.state.status === 'asking') {
    const state = advance(before.state, { type: 'asked' });
    return withPresentTurn(job, () => ({ ...asked, answers: [{ ...before, state }] }));
  }
  if (!isSettled(before.state)) return job;
  const refused = before.state.status === 'failed' && before.state.failure.code === 'imageRefused';
  // Sent once more, it would spoil every question that comes after. Without an answer so far there
  // is nothing to continue from, and the question is a new try.
  const withoutImage =
    (refused || before.withoutImage === true) && answeredTurns(job.turns).length > 0;
  const answer = nextAnswer(job, { ...before, withoutImage });
  return { ...job, turns: [...job.turns, { ...asked, answers: [answer] }] };
}

function withOpinion(job: Job, using: Answer['using']): Job {
  const { state, maxTokens, withoutImage } = presentAnswer(job);
  if (!hasEnded(state)) return job;
  const answer = nextAnswer(job, { maxTokens, using, withoutImage });
  return withPresentTurn(job, (turn) => ({ ...turn, answers: [...turn.answers, answer] }));
}

function retried(
  job: Job,
  { answerId, longer = false, purpose, using }: RetryOptions & { answerId: string },
): Job {
  const next = withAnswer(job, answerId, (answer) => {
    if (!hasEnded(answer.state)) return answer;
    const { edited, withoutImage: _without, resumes: _resumes, ...rest } = answer;
    // The person's own words stay, as the model's would, until there are new ones.
    const before =
      edited && answer.state.status === 'done' ? { ...answer.state, text: edited } : answer.state;
    return {
      ...rest,
      ...(using ? { using } : {}),
      maxTokens: longer ? rest.maxTokens * 2 : rest.maxTokens,
      state: advance(before, { type: 'askedAgain' }),
    };
  });
  return next === job || !purpose ? next : { ...next, purpose };
}

function withContext(job: Job, pageContext: PageContext): Job {
  if (pageContextOf(job) === pageContext) return job;
  return withPresentTurn(job, (turn) => ({ ...turn, pageContext }));
}

function withSeen(
  job: Job,
  { thumbnail, size }: { thumbnail?: string | undefined; size?: JobImage['size'] },
): Job {
  const isNewThumbnail = thumbnail !== undefined && job.thumbnail === undefined;
  const isNewSize = size !== undefined && job.image.size === undefined;
  if (!isNewThumbnail && !isNewSize) return job;
  return {
    ...job,
    ...(isNewThumbnail ? { thumbnail } : {}),
    ...(isNewSize ? { image: { ...job.image, size } } : {}),
  };
}
