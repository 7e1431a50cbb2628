/** The background: registers every listener synchronously, builds the parts and connects them. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { openJobStore } from '../../utils/jobs/job-store';
import { startJobFeed } from '../../utils/messaging/job-feed-server';
import { acquireImage } from './acquire-image';
import { createConnectionSource } from './connection-source';
import { startContextMenus, type ImageClick } from './context-menus';
import { startHandlers } from './handlers';
import { injectCard } from './inject';
import { createJobRunner } from './job-runner';
import { createKeepAlive } from './keep-alive';
import { openResult, openWelcome } from './open-pages';
import { createPresetSource } from './preset-source';
import { addThumbnail } from './thumbnails';

export default defineBackground({
  main() {
    const connections = createConnectionSource();
    const presets = createPresetSource();
    const store = openJobStore();
    const feed = startJobFeed(store);
    const preparePage = async (tabId: number) => feed.hasTab(tabId) || (await injectCard(tabId));
    const runner = createJobRunner({
      store,
      feed,
      connections,
      keepAlive: createKeepAlive(),
      acquire: acquireImage,
      preparePage,
      language: () => browser.i18n.getUILanguage(),
      onWaiting: () => void openWelcome(),
      onBytes: (jobId, bytes) => void addThumbnail(store, jobId, bytes),
    });

    async function describe({ presetId, info, tab }: ImageClick): Promise<void> {
      const tabId = tab.id ?? -1;
      const pageReady = preparePage(tabId);
      const preset = await presets.byId(presetId);
      const pageUrl = info.pageUrl ?? tab.url ?? '';
      const image = {
        kind: 'element' as const,
        srcUrl: info.srcUrl ?? '',
        documentUrl: info.frameUrl ?? pageUrl,
        pageUrl,
        frameId: info.frameId ?? 0,
      };
      const { job, stored } = runner.start({ tabId, image, preset, pageReady });
      await stored;
      feed.open(store.get(job.id) ?? job);
      if (await pageReady) return;
      feed.dontOpen(job.id);
      await openResult(job.id);
    }

    startContextMenus((click) => void describe(click));
    startHandlers({ runner, store, connections });
    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void openWelcome();
    });
    void runner.recover();
    // Firefox has no such call; there, a content script of ours could read what it must not.
    void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  },
});
