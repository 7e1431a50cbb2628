/**
 * Answers the calls of pages; the row of each call says what it takes, returns, and who may make
 * it.
 */
import { AppError } from '../../../utils/core/errors';
import { NO_TAB } from '../../../utils/core/jobs/job';
import { listenersFor } from '../../../utils/browser/messaging/answering';
import { backgroundCalls } from '../../../utils/browser/messaging/background-calls';
import { callPage } from '../../../utils/browser/messaging/call-page';
import { passes } from '../../../utils/core/vision/check-report';
import { withDeadline } from '../../../utils/core/with-timeout';
import { imageOfPicked, pageOf } from '../jobs/describe';
import type { Dependencies } from './dependencies';
import { jobAnswers } from './job-handlers';
import { historyAnswers } from './history-handlers';
import { settingsAnswers } from './settings-handlers';
import { findLocalServers } from '../connections/find-local-servers';
import { openOptions, openWelcome } from '../tabs/open-pages';
import { checkConnection } from '../connections/check-connection';
import { senderChecks } from './sender-checks';

/** For a list of models; some servers are asked about each of them. */
const MAX_LIST_MS = 60_000;

/** What listens to each call; nothing else of the background answers a message. */
export function backgroundListeners(dependencies: Dependencies) {
  const { runner, connections, describe, compare, preparePicks, store } = dependencies;

  return listenersFor(backgroundCalls, senderChecks(store), {
    ...jobAnswers(dependencies),
    ...historyAnswers(dependencies),
    ...settingsAnswers,
    async 'image.describe'({ image, tabId, presetId }, page) {
      if (page) return await describe.picked(page, image, { presetId });
      return await describe.picked(await pageOf(tabId ?? NO_TAB), image, {
        presetId,
        withoutCard: true,
      });
    },
    'view.describe': ({ tabId }) => describe.view(tabId, { withoutCard: true }),
    'file.describe': ({ dataUrl, ...about }) => describe.file(dataUrl, about),
    async 'compare.add'({ tabId, image }) {
      await compare.addWithoutCard(tabId, imageOfPicked(await pageOf(tabId), image));
    },
    'compare.ask': (input) => compare.chosen(input.private),
    'compare.remove': (which) => compare.remove(which),
    async 'images.list'({ tabId }) {
      if (!(await preparePicks(tabId))) throw new AppError('pageRefused');
      return await callPage(tabId, 'images.list', {});
    },
    'picker.open': ({ tabId }) => describe.pick(tabId),
    'settings.open': ({ page }) => (page === 'welcome' ? openWelcome() : openOptions()),
    async 'connection.models'({ connectionId }) {
      const { provider } = await connectionOf(connectionId);
      return await withDeadline(MAX_LIST_MS, (signal) => provider.listModels(signal));
    },
    async 'connection.check'({ connectionId }) {
      const report = await checkConnection(await connectionOf(connectionId));
      // A model that cannot see would make something up; the person may still choose to use it.
      const resumedJobIds = passes(report) ? await runner.resumeWaiting() : [];
      return { report, resumedJobIds };
    },
    'servers.look': () => findLocalServers(),
    async 'jobs.resume'() {
      await runner.resumeWaiting();
    },
  });

  async function connectionOf(connectionId: string) {
    const open = await connections.byId(connectionId);
    if (!open) throw new AppError('noConnection');
    return open;
  }
}
