/** What is asked about one job, by the card of its tab or by our own pages, one row each. */
import * as v from 'valibot';
import { answerSchema, TEXT_MAX_LENGTH } from '../../core/jobs/job';
import { imageSchema } from '../../core/jobs/job-image';
import { PURPOSES } from '../../core/prompts/purpose';
import type { CheckReport } from '../../core/vision/check-report';
import { call, nothing, trusted } from './call';

/** The input of a call about one job. */
export const jobInput = v.object({ jobId: v.string() });
/** The input of a call about one of its answers. */
const answerInput = v.object({ ...jobInput.entries, answerId: v.string() });
const text = v.pipe(v.string(), v.maxLength(TEXT_MAX_LENGTH));
const question = v.pipe(text, v.trim(), v.minLength(1));

/** A connection with the models it offers. */
export interface ModelChoice {
  connectionId: string;
  name: string;
  models: string[];
}

export const jobCalls = {
  /** Ends an answer; what had arrived stays. */
  'job.stop': call({ from: 'jobCard', input: answerInput, output: nothing }),
  /** Asks again for an answer that has ended. */
  'job.retry': call({
    from: 'jobCard',
    input: v.object({
      ...answerInput.entries,
      /** Doubles the room for the answer. */
      longer: v.optional(v.boolean()),
      /** What the person says the image is for. */
      purpose: v.optional(v.picklist(PURPOSES)),
    }),
    output: nothing,
  }),
  /** Continues a partial answer if the model can; otherwise asks again. */
  'job.continue': call({ from: 'jobCard', input: answerInput, output: nothing }),
  /**
   * Asks a question in a job: the first, where it waits for one, else the next. Without one, the
   * preset's own prompt.
   */
  'job.ask': call({
    from: 'jobCard',
    input: v.object({ ...jobInput.entries, question: v.optional(question) }),
    output: nothing,
  }),
  /** Stores an answer as the person has edited it; `undefined` restores the model's text. */
  'job.edit': call({
    from: 'jobCard',
    input: v.object({ ...answerInput.entries, text: v.optional(text) }),
    output: nothing,
  }),
  /** Makes a text the alt text of a job's image on its page; without one, undoes it. */
  'job.setAlt': call({
    from: 'jobCard',
    input: v.object({ ...answerInput.entries, alt: v.optional(text) }),
    output: nothing,
  }),
  /** The models that may give a second opinion, by connection. */
  'job.models': call({ from: 'jobCard', input: jobInput, output: trusted<ModelChoice[]>() }),
  /** Asks a job's present question another time, there or where it was asked. */
  'job.opinion': call({
    from: 'jobCard',
    input: v.object({ ...jobInput.entries, using: answerSchema.entries.using }),
    output: nothing,
  }),
  /** Looks at the connection that an answer is asked by, step by step, with a tiny image. */
  'job.check': call({ from: 'jobCard', input: answerInput, output: trusted<CheckReport>() }),
  /** Uses the model that was named in place of one that is gone, from now on, and asks again. */
  'job.replaceModel': call({ from: 'jobCard', input: answerInput, output: nothing }),
  /** Whether page context of a job's site is withheld from now on. */
  'site.withoutPageContext': call({
    from: 'jobCard',
    input: v.object({ ...jobInput.entries, withhold: v.boolean() }),
    output: nothing,
  }),
  /** Forgets a job. */
  'job.remove': call({ from: 'ownPage', input: jobInput, output: nothing }),
  /** Brings the tab that holds the job's image to the front. */
  'job.reveal': call({ from: 'ownPage', input: jobInput, output: nothing }),
  /** What the content script of its tab sees of the job's image: its size, and a small image. */
  'job.seen': call({
    from: 'jobCard',
    input: v.object({
      ...jobInput.entries,
      thumbnail: v.optional(v.string()),
      size: imageSchema.entries.size,
    }),
    output: nothing,
  }),
  /**
   * The image as it was sent, as a `data:` URL; none where an address was, or it is kept no more.
   */
  'job.image': call({
    from: 'jobCard',
    input: jobInput,
    output: trusted<string | undefined>(),
  }),
};
