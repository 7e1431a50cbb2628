/** Answers what pages ask: parses each call, checks who may make it, and passes it on. */
import * as v from 'valibot';
import { AppError, valueOf } from '../../utils/errors';
import type { JobStore } from '../../utils/jobs/job-store';
import { pageCalls } from '../../utils/messaging/calls';
import type { JobFeed } from '../../utils/messaging/job-feed-server';
import { isExtensionPage } from '../../utils/messaging/sender';
import { pagePictureSchema, pickedPictureSchema } from '../../utils/page/picture';
import { passes } from '../../utils/vision/check-report';
import { mustBeOurPage, on, tabOf } from './answer-calls';
import type { ConnectionSource } from './connection-source';
import type { Compare } from './compare';
import { imageOfPicked, pageOf, type Describe } from './describe';
import { startJobHandlers } from './job-handlers';
import { startHistoryHandlers } from './history-handlers';
import type { JobRunner } from './job-runner';
import type { Journal } from './journal';
import type { KeptPictures } from './kept-pictures';
import { lookForServers } from './look-for-servers';
import { openOptions, openWelcome } from './open-pages';
import { checkConnection } from './check-connection';

/** What the answers need of the background. */
export interface Parts {
  journal: Journal;
  runner: JobRunner;
  store: JobStore;
  feed: JobFeed;
  connections: ConnectionSource;
  describe: Describe;
  compare: Compare;
  kept: KeptPictures;
  preparePage: (tabId: number) => Promise<boolean>;
  preparePicks: (tabId: number) => Promise<boolean>;
}

const tabCall = v.object({ tabId: v.number() });
/** Of private windows, or of the others. */
const windowsCall = v.object({ private: v.boolean() });
const dataUrlSchema = v.pipe(v.string(), v.startsWith('data:'));
const connectionCall = v.object({ connectionId: v.string() });

/** Registers every handler. Call it synchronously when the background starts. */
export function startHandlers(parts: Parts): void {
  const { runner, connections, describe, compare, preparePicks } = parts;

  startJobHandlers(parts);
  startHistoryHandlers(parts);
  on(
    'picture.describe',
    v.object({
      picture: pickedPictureSchema,
      tabId: v.optional(v.number()),
      presetId: v.optional(v.string()),
    }),
    async ({ picture, tabId, presetId }, sender) => {
      if (!isExtensionPage(sender)) {
        const page = {
          tabId: tabOf(sender),
          url: sender.url ?? '',
          private: sender.tab?.incognito ?? false,
        };
        return await describe.picked(page, picture, { presetId });
      }
      return await describe.picked(await pageOf(tabId ?? -1), picture, { quietly: true });
    },
  );
  on('view.describe', tabCall, async ({ tabId }, sender) => {
    mustBeOurPage(sender);
    return await describe.view(tabId, { quietly: true });
  });
  on(
    'file.describe',
    v.object({ dataUrl: dataUrlSchema, name: v.string(), private: v.optional(v.boolean()) }),
    async ({ dataUrl, ...about }, sender) => {
      mustBeOurPage(sender);
      return await describe.file(dataUrl, about);
    },
  );
  on(
    'compare.add',
    v.object({ picture: pickedPictureSchema, ...tabCall.entries }),
    async (call, sender) => {
      mustBeOurPage(sender);
      const page = await pageOf(call.tabId);
      await compare.addQuietly(call.tabId, imageOfPicked(page, call.picture));
    },
  );
  on('compare.ask', windowsCall, async (call, sender) => {
    mustBeOurPage(sender);
    return await compare.chosen(call.private);
  });
  on(
    'compare.remove',
    v.union([v.object({ id: v.string() }), windowsCall]),
    async (which, sender) => {
      mustBeOurPage(sender);
      await compare.remove(which);
    },
  );
  on('pictures.list', tabCall, async ({ tabId }, sender) => {
    mustBeOurPage(sender);
    if (!(await preparePicks(tabId))) throw new AppError('pageRefused');
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
  on('connection.check', connectionCall, async ({ connectionId }, sender) => {
    mustBeOurPage(sender);
    const report = await checkConnection(await connectionOf(connectionId));
    // A model that cannot see would make something up; the person may still choose to use it.
    const resumedJobIds = passes(report) ? await runner.resumeWaiting() : [];
    return { report, resumedJobIds };
  });
  on('servers.look', v.object({}), async (_call, sender) => {
    mustBeOurPage(sender);
    return await lookForServers();
  });
  on('connection.use', connectionCall, async (_call, sender) => {
    mustBeOurPage(sender);
    await runner.resumeWaiting();
  });

  async function connectionOf(connectionId: string) {
    const open = await connections.byId(connectionId);
    if (!open) throw new AppError('noConnection');
    return open;
  }
}
