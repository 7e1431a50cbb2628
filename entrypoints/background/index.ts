/** The background: registers every listener synchronously, builds the parts and connects them. */
import { browser, type Browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import type { JobImage } from '../../utils/jobs/job-image';
import { openJobStore } from '../../utils/jobs/job-store';
import { startJobFeed } from '../../utils/messaging/job-feed-server';
import { createImageSource } from './acquire-image';
import { createConnectionSource } from './connection-source';
import { startContextMenus } from './context-menus';
import { createDescribe } from './describe';
import { startHandlers } from './handlers';
import { injectCard } from './inject';
import { createJobRunner } from './job-runner';
import { createKeepAlive } from './keep-alive';
import { openKeptPictures } from './kept-pictures';
import { openWelcome } from './open-pages';
import { createContextSource } from './page-context';
import { createPresetSource } from './preset-source';
import { addThumbnail } from './thumbnails';

export default defineBackground({
  main() {
    const connections = createConnectionSource();
    const presets = createPresetSource();
    const store = openJobStore();
    const kept = openKeptPictures();
    const images = createImageSource(kept);
    const feed = startJobFeed(store);
    const preparePage = async (tabId: number) => feed.hasTab(tabId) || (await injectCard(tabId));
    const runner = createJobRunner({
      store,
      feed,
      connections,
      keepAlive: createKeepAlive(),
      images,
      contexts: createContextSource(),
      preparePage,
      language: () => browser.i18n.getUILanguage(),
      onWaiting: () => void openWelcome(),
      onBytes(jobId, bytes) {
        void addThumbnail(store, jobId, bytes).then((job) => job && feed.changed(job));
      },
    });

    const describe = createDescribe({ runner, store, feed, presets, kept, preparePage });

    startContextMenus(
      ({ presetId, info, tab }) =>
        void describe.image(tab.id ?? -1, imageOf(info, tab), { presetId }),
      ({ tab }) => void describe.here(tab.id ?? -1),
      ({ info, tab }) => void describe.ask(tab.id ?? -1, imageOf(info, tab)),
    );
    browser.commands.onCommand.addListener((command, tab) => {
      if (command === 'pick-picture' && tab?.id !== undefined) void describe.pick(tab.id);
    });
    startHandlers({ runner, store, feed, connections, describe, kept, preparePage });
    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void openWelcome();
    });
    void runner.recover();
    // Firefox has no such call; there, a content script of ours could read what it must not.
    void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  },
});

/** The image of a menu, as the browser names it. */
function imageOf(info: Browser.contextMenus.OnClickData, tab: Browser.tabs.Tab): JobImage {
  const pageUrl = info.pageUrl ?? tab.url ?? '';
  return {
    kind: 'element',
    srcUrl: info.srcUrl ?? '',
    documentUrl: info.frameUrl ?? pageUrl,
    pageUrl,
    frameId: info.frameId ?? 0,
  };
}
