/** What a person can do with a job, wherever it is shown: what the surfaces need of the background. */
import type { Result } from '../utils/errors';
import type { Job } from '../utils/jobs/job';
import { backgroundCalls, type ModelChoice } from '../utils/messaging/calls';
import type { AnswerBlock } from '../utils/prompts/answer-blocks';
import { copyText } from '../utils/page/copy-text';
import type { CheckReport } from '../utils/vision/check-report';
import type { Role } from '../utils/prompts/purpose';

export interface JobPort {
  stop: (jobId: string) => void;
  /** Asks again: with more room for the answer, or for what the person says the image is for. */
  retry: (jobId: string, again: { longer?: boolean; role?: Role }) => void;
  /** Goes on from the words that had arrived. */
  goOn: (jobId: string) => void;
  /** Asks a question, the first or the next; without one, the preset's own prompt. */
  ask: (jobId: string, question: string | undefined) => void;
  /** Keeps the answer as the person has changed it; `undefined` for the model's own words. */
  edit: (jobId: string, text: string | undefined) => void;
  /** Keeps the words of the job's site back from now on, or lets them go along again. */
  quiet: (jobId: string, quiet: boolean) => void;
  /** Copies, and tells whether that worked. */
  copy: (text: string) => Promise<boolean>;
  /** Gives the picture as it was sent, as a `data:` URL; none where it is not kept. */
  picture: (jobId: string) => Promise<string | undefined>;
  /** Makes a text the alt text of the image on its page, or takes it back without one. */
  putAlt: (jobId: string, alt: string | undefined) => Promise<boolean>;
  /** An answer taken apart into words and tables. */
  blocks: (text: string) => Promise<readonly AnswerBlock[] | undefined>;
  /** The models that may give a second opinion. */
  models: (jobId: string) => Promise<ModelChoice[]>;
  /** Asks the same another time, of another model or of the same. */
  opinion: (jobId: string, using: Job['using']) => void;
  /** Looks at the connection that the job is asked by. */
  check: (jobId: string) => Promise<Result<CheckReport>>;
  /** Uses the model named in place of one that is gone, and asks again. */
  replaceModel: (jobId: string) => void;
  /** The welcome page while there is no connection, else settings. */
  openSettings: (page: 'welcome' | 'options') => void;
}

/**
 * The port of a surface.
 *
 * @param call waits for an answer and tells the person of a failure; `undefined` where it failed.
 */
export function createJobPort(
  call: <T>(asked: Promise<Result<T>>) => Promise<{ value: T } | undefined>,
): JobPort {
  const send = backgroundCalls.sendMessage;
  return {
    stop: (jobId) => void call(send('job.stop', { jobId })),
    retry: (jobId, again) => void call(send('job.retry', { jobId, ...again })),
    goOn: (jobId) => void call(send('job.goOn', { jobId })),
    ask: (jobId, question) => void call(send('job.ask', { jobId, question })),
    edit: (jobId, text) => void call(send('job.edit', { jobId, text })),
    quiet: (jobId, quiet) => void call(send('site.quiet', { jobId, quiet })),
    copy: copyText,
    picture: async (jobId) => (await call(send('job.picture', { jobId })))?.value,
    putAlt: async (jobId, alt) => (await call(send('job.putAlt', { jobId, alt }))) !== undefined,
    blocks: async (text) => (await call(send('text.blocks', { text })))?.value,
    models: async (jobId) => (await call(send('job.models', { jobId })))?.value ?? [],
    opinion: (jobId, using) =>
      void call(send('job.opinion', { jobId, ...(using ? { using } : {}) })),
    // What fails is shown where it was pressed.
    check: (jobId) =>
      send('job.check', { jobId }).catch(() => ({ ok: false, code: 'interrupted' as const })),
    replaceModel: (jobId) => void call(send('job.replaceModel', { jobId })),
    openSettings: (page) => void call(send('settings.open', { page })),
  };
}
