/** Answers what pages ask: parses each call, checks who may make it, and passes it on. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import { AppError, valueOf } from '../../utils/errors';
import type { JobStore } from '../../utils/jobs/job-store';
import { imageSchema } from '../../utils/jobs/job-image';
import { answering } from '../../utils/messaging/answering';
import { backgroundCalls, pageCalls, type BackgroundCalls } from '../../utils/messaging/calls';
import type { JobFeed } from '../../utils/messaging/job-feed-server';
import { isExtensionPage } from '../../utils/messaging/sender';
import { pagePictureSchema, pickedPictureSchema } from '../../utils/page/picture';
import type { ConnectionSource } from './connection-source';
import type { Describe } from './describe';
import type { JobRunner } from './job-runner';
import type { KeptPictures } from './kept-pictures';
import { openOptions, openWelcome } from './open-pages';
import { testConnection } from './test-connection';
import { keepSeen } from './thumbnails';

type Sender = Browser.runtime.MessageSender;

interface Parts {
  runner: JobRunner;
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  describe: Describe;
  kept: KeptPictures;
  preparePage: (tabId: number) => Promise<boolean>;
}

const jobCall = v.object({ jobId: v.string() });
const tabCall = v.object({ tabId: v.number() });
const dataUrlSchema = v.pipe(v.string(), v.startsWith('data:'));
const connectionCall = v.object({ connectionId: v.string() });

/** Registers every handler. Call it synchronously when the background starts. */
export function startHandlers(parts: Parts): void {
  const { runner, store, feed, connections, describe, kept, preparePage } = parts;

  on('job.stop', jobCall, async ({ jobId }, sender) => {
    await mayUseJob(jobId, sender);
    await runner.stop(jobId);
  });
  on(
    'job.retry',
    v.object({ ...jobCall.entries, longer: v.optional(v.boolean()) }),
    async (call, sender) => {
      await mayUseJob(call.jobId, sender);
      await runner.retry(call.jobId, call.longer ?? false);
    },
  );
  on('job.remove', jobCall, async ({ jobId }, sender) => {
    mustBeOurPage(sender);
    await store.ready;
    await runner.remove(jobId);
    await kept.remove(jobId);
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
    return (await kept.get(jobId))?.dataUrl;
  });
  on(
    'picture.describe',
    v.object({ picture: pickedPictureSchema, tabId: v.optional(v.number()) }),
    async ({ picture, tabId }, sender) => {
      if (!isExtensionPage(sender)) {
        return await describe.picked(sender.tab?.id ?? -1, sender.url ?? '', picture);
      }
      const tab = await browser.tabs.get(tabId ?? -1);
      return await describe.picked(tab.id ?? -1, tab.url ?? '', picture, true);
    },
  );
  on('view.describe', tabCall, async ({ tabId }, sender) => {
    mustBeOurPage(sender);
    return await describe.view(tabId, true);
  });
  on(
    'file.describe',
    v.object({ dataUrl: dataUrlSchema, name: v.string() }),
    async (call, sender) => {
      mustBeOurPage(sender);
      return await describe.file(call.dataUrl, call.name);
    },
  );
  on('pictures.list', tabCall, async ({ tabId }, sender) => {
    mustBeOurPage(sender);
    if (!(await preparePage(tabId))) throw new AppError('pageRefused');
    const answer = await pageCalls.sendMessage('pictures.list', {}, { tabId, frameId: 0 });
    return v.parse(v.array(pagePictureSchema), valueOf(answer));
  });
  on('picker.open', tabCall, async ({ tabId }, sender) => {
    mustBeOurPage(sender);
    await describe.pick(tabId);
  });
  on('settings.open', v.object({ page: v.picklist(['welcome', 'options']) }), async ({ page }) => {
    await (page === 'welcome' ? openWelcome() : openOptions());
  });
  on('connection.models', connectionCall, async ({ connectionId }, sender) => {
    mustBeOurPage(sender);
    const { provider } = await connectionOf(connectionId);
    return await provider.listModels(new AbortController().signal);
  });
  on('connection.test', connectionCall, async ({ connectionId }, sender) => {
    mustBeOurPage(sender);
    const outcome = await testConnection(await connectionOf(connectionId));
    // A model that cannot see would make something up; the person may still choose to use it.
    const resumedJobIds = outcome.sawPicture ? await runner.resumeWaiting() : [];
    return { ...outcome, resumedJobIds };
  });
  on('connection.use', connectionCall, async (_call, sender) => {
    mustBeOurPage(sender);
    await runner.resumeWaiting();
  });

  /** A content script may only touch the jobs of its own tab. */
  async function mayUseJob(jobId: string, sender: Sender): Promise<void> {
    await store.ready;
    if (isExtensionPage(sender)) return;
    const job = store.get(jobId);
    if (!job || job.tabId !== sender.tab?.id) throw new AppError('unexpected');
  }

  async function connectionOf(connectionId: string) {
    const open = await connections.byId(connectionId);
    if (!open) throw new AppError('noConnection');
    return open;
  }
}

function mustBeOurPage(sender: Sender): void {
  if (!isExtensionPage(sender)) throw new AppError('unexpected');
}

/** One line of the call map, answered. */
function on<Name extends keyof BackgroundCalls, Schema extends v.GenericSchema>(
  name: Name,
  schema: Schema,
  handle: (
    data: v.InferOutput<Schema>,
    sender: Sender,
  ) => Promise<Extract<ReturnType<BackgroundCalls[Name]>, { ok: true }>['value']>,
): void {
  // The library cannot see that a `Result` of the handler's value is what the call map names.
  backgroundCalls.onMessage(name, answering(schema, handle) as never);
}
