/** The live job feed: what flows over a port from the background to cards, popup and pages. */
import * as v from 'valibot';
import { jobSchema } from '../../core/jobs/job';
import { imageSchema } from '../../core/jobs/job-image';
import { pageContextSchema } from '../../core/prompts/page-context';

/** The name of the only kind of port there is. */
export const FEED_PORT = 'job-feed';

export const feedMessageSchema = v.variant('type', [
  /** To an extension page when it connects: everything it may show, newest first. */
  v.object({ type: v.literal('jobs'), jobs: v.array(jobSchema) }),
  /** To a content script: a click in its tab; show this job. */
  v.object({ type: v.literal('open'), job: jobSchema }),
  /** A job changed its state, and the change is stored. */
  v.object({ type: v.literal('job'), job: jobSchema }),
  /** New words of a running answer; `at` is their place in its text. */
  v.object({
    type: v.literal('words'),
    jobId: v.string(),
    answerId: v.string(),
    at: v.number(),
    text: v.string(),
  }),
  v.object({ type: v.literal('removed'), jobId: v.string() }),
  /** To a content script: what does its page say about the image of a job? */
  v.object({ type: v.literal('contextWanted'), jobId: v.string(), image: imageSchema }),
]);
export type FeedMessage = v.InferOutput<typeof feedMessageSchema>;

/** What a content script says, and one line of our own pages. */
export const feedRequestSchema = v.variant('type', [
  /** After a lost connection: the jobs it shows. */
  v.object({ type: v.literal('watch'), jobIds: v.array(v.string()) }),
  /** An extension page is in a private window: only there are the jobs of such windows shown. */
  v.object({ type: v.literal('private') }),
  /** What its page says about the image of a job, as asked; none where the image is not there. */
  v.object({
    type: v.literal('context'),
    jobId: v.string(),
    context: v.optional(pageContextSchema),
  }),
]);
export type FeedRequest = v.InferOutput<typeof feedRequestSchema>;
