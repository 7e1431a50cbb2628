/** Answers what is asked about jobs, by cards for those of their own tab and by our pages for all. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { AppError, valueOf } from '../../utils/errors';
import { jobSchema, TEXT_MAX_LENGTH, type Job } from '../../utils/jobs/job';
import { hostOfPage, imageSchema } from '../../utils/jobs/job-image';
import { pageCalls, type ModelChoice } from '../../utils/messaging/calls';
import { isExtensionPage } from '../../utils/messaging/sender';
import { blocksOf } from '../../utils/prompts/answer-blocks';
import { ROLES } from '../../utils/prompts/purpose';
import { saveConnection, setQuietSite } from '../../utils/settings/settings';
import { nameOf } from '../../utils/vision/connection';
import { mustBeOurPage, on, tabOf, type Sender } from './answer-calls';
import { checkConnection } from './check-connection';
import type { OpenConnection } from './connection-source';
import { forgetJobs } from './forget-jobs';
import type { Parts } from './handlers';
import { keepSeen } from './thumbnails';

const jobCall = v.object({ jobId: v.string() });
const textSchema = v.pipe(v.string(), v.maxLength(TEXT_MAX_LENGTH));
const questionSchema = v.pipe(textSchema, v.trim(), v.minLength(1));

/** How long to wait for a server's list of models; without it, its own model is offered. */
const LIST_MS = 8_000;

/** Registers the handlers. Call it synchronously when the background starts. */
export function startJobHandlers(parts: Parts): void {
  const { runner, store, feed, connections, kept, preparePage } = parts;
  on('job.stop', jobCall, async ({ jobId }, sender) => {
    await mayUseJob(jobId, sender);
    await runner.stop(jobId);
  });
  on(
    'job.retry',
    v.object({
      ...jobCall.entries,
      longer: v.optional(v.boolean()),
      role: v.optional(v.picklist(ROLES)),
    }),
    async ({ jobId, ...again }, sender) => {
      await mayUseJob(jobId, sender);
      await runner.retry(jobId, again);
    },
  );
  on('job.goOn', jobCall, async ({ jobId }, sender) => {
    await mayUseJob(jobId, sender);
    await runner.goOn(jobId);
  });
  on(
    'job.ask',
    v.object({ ...jobCall.entries, question: v.optional(questionSchema) }),
    async ({ jobId, question }, sender) => {
      await mayUseJob(jobId, sender);
      await runner.ask(jobId, question);
    },
  );
  on(
    'job.edit',
    v.object({ ...jobCall.entries, text: v.optional(textSchema) }),
    async ({ jobId, text }, sender) => {
      await mayUseJob(jobId, sender);
      await runner.edit(jobId, text);
    },
  );
  on(
    'job.putAlt',
    v.object({ ...jobCall.entries, alt: v.optional(textSchema) }),
    async ({ jobId, alt }, sender) => {
      const { tabId, image } = await mayUseJob(jobId, sender);
      if (!(await preparePage(tabId))) throw new AppError('altNotTaken');
      const to = { tabId, frameId: 0 };
      valueOf(await pageCalls.sendMessage('image.putAlt', { image, alt }, to));
      await runner.setAltPut(jobId, alt !== undefined);
    },
  );
  on('text.blocks', v.object({ text: v.string() }), ({ text }) => Promise.resolve(blocksOf(text)));
  on('job.models', jobCall, async ({ jobId }, sender) => {
    await mayUseJob(jobId, sender);
    return await Promise.all((await connections.all()).map(choicesOf));
  });
  on(
    'job.opinion',
    v.object({ ...jobCall.entries, using: jobSchema.entries.using }),
    async ({ jobId, using }, sender) => {
      await mayUseJob(jobId, sender);
      const job = await runner.opinion(jobId, using);
      if (!job) throw new AppError('unexpected');
      return job.id;
    },
  );
  on('job.check', jobCall, async ({ jobId }, sender) => {
    const job = await mayUseJob(jobId, sender);
    const open = await connections.choose(job.using ?? job.preset);
    if (!open) throw new AppError('noConnection');
    return await checkConnection(open);
  });
  on('job.replaceModel', jobCall, async ({ jobId }, sender) => {
    const job = await mayUseJob(jobId, sender);
    const { state } = job;
    const open = await connections.choose(job.using ?? job.preset);
    const model = state.status === 'failed' ? state.failure.replacement : undefined;
    if (!open || model === undefined) throw new AppError('unexpected');
    const { price: _ofTheOther, ...connection } = open.connection;
    // What a prompt or a second opinion names is theirs to keep; this answer goes on all the same.
    if (!job.using && job.preset.model === undefined)
      await saveConnection({ ...connection, model });
    await runner.retry(jobId, { using: { connectionId: connection.id, model } });
  });
  on(
    'site.quiet',
    v.object({ ...jobCall.entries, quiet: v.boolean() }),
    async ({ jobId, quiet }, sender) => {
      const { image } = await mayUseJob(jobId, sender);
      await setQuietSite(hostOfPage(image), quiet);
    },
  );
  on('job.remove', jobCall, async ({ jobId }, sender) => {
    mustBeOurPage(sender);
    await store.ready;
    const opinions = store.list().filter(({ opinionOf }) => opinionOf === jobId);
    await forgetJobs(parts, [...opinions.map(({ id }) => id), jobId]);
  });
  on('job.reveal', jobCall, async ({ jobId }, sender) => {
    mustBeOurPage(sender);
    await store.ready;
    const tab = await browser.tabs.update(store.get(jobId)?.tabId ?? -1, { active: true });
    if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  });
  on(
    'job.seen',
    v.object({
      ...jobCall.entries,
      thumbnail: v.optional(v.string()),
      size: imageSchema.entries.size,
    }),
    async ({ jobId, ...seen }, sender) => {
      await mayUseJob(jobId, sender);
      const job = await keepSeen(store, jobId, seen);
      if (job) feed.changed(job);
    },
  );
  on('job.picture', jobCall, async ({ jobId }, sender) => {
    await mayUseJob(jobId, sender);
    return (await kept.get(store.get(jobId)?.opinionOf ?? jobId))?.dataUrl;
  });
  /** A content script may only touch the jobs of its own tab. */
  async function mayUseJob(jobId: string, sender: Sender): Promise<Job> {
    await store.ready;
    const job = store.get(jobId);
    const may = isExtensionPage(sender) || job?.tabId === tabOf(sender);
    if (!job || !may) throw new AppError('unexpected');
    return job;
  }
}

/** The models of a connection: as its server lists them, those that cannot see left out. */
async function choicesOf({ connection, provider }: OpenConnection): Promise<ModelChoice> {
  const { id: connectionId, model } = connection;
  const listed = await provider.listModels(AbortSignal.timeout(LIST_MS)).catch(() => []);
  const seeing = listed.filter(({ vision }) => vision !== false).map(({ id }) => id);
  const models = [...new Set([...(model ? [model] : []), ...seeing])];
  return { connectionId, name: nameOf(connection), models };
}
