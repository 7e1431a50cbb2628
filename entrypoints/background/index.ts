/** The background: registers every listener synchronously, builds the dependencies and connects them. */
import { browser, type Browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { answerTo, readEntry, unfinishedJobs } from '../../utils/browser/history/history';
import { NO_TAB } from '../../utils/core/jobs/job';
import type { JobImage } from '../../utils/core/jobs/job-image';
import { inWindows, readTray } from '../../utils/browser/jobs/comparison-tray';
import { openJobStore } from '../../utils/browser/jobs/job-store';
import { listen } from '../../utils/browser/messaging/answering';
import { startJobFeed } from '../../utils/browser/messaging/job-feed-server';
import { SLOTS } from '../../utils/core/prompts/preset';
import { keyState, prepareKeys, watchKeys } from '../../utils/browser/settings/keys';
import { createImageSource } from './images/acquire-image';
import { createConnectionSource } from './connections/connection-source';
import { createCompare } from './jobs/compare';
import { startContextMenus } from './menus/context-menus';
import { createDescribe } from './jobs/describe';
import { forgetWithPrivateWindows } from './jobs/forget-jobs';
import { backgroundListeners } from './calls/handlers';
import { injectCard, injectPicks } from './tabs/inject';
import { insertLastAnswer, lastAnswered } from './menus/insert-answer';
import { createJobRunner } from './jobs/job-runner';
import { createJournal } from './jobs/journal';
import { createKeepAlive } from './jobs/keep-alive';
import { openStoredImages } from './images/stored-images';
import { settleLeftHolds } from './jobs/meter';
import { openWelcome } from './tabs/open-pages';
import { createContextSource } from './jobs/page-context';
import { startOriginRules } from './connections/origin-rules';
import { createPresetSource } from './settings/preset-source';
import { takeOverFormer } from './settings/settings-owner';
import { hasPrivateWindow, watchWindows } from './tabs/private-windows';
import { addThumbnail } from './jobs/thumbnails';
import { startTrayBadge } from './menus/tray-badge';

export default defineBackground({
  main() {
    const connections = createConnectionSource(startOriginRules());
    const presets = createPresetSource();
    const journal = createJournal();
    const storedImages = openStoredImages(journal);
    const store = openJobStore({ journal: journal.save, makeRoom: storedImages.makeRoom });
    const images = createImageSource(storedImages);
    const keepAlive = createKeepAlive();
    const feed = startJobFeed(store);
    const contexts = createContextSource(feed);
    const preparePage = async (tabId: number) => feed.hasTab(tabId) || (await injectCard(tabId));
    const preparePicks = async (tabId: number) =>
      (await preparePage(tabId)) && (await injectPicks(tabId));
    const runner = createJobRunner({
      store,
      feed,
      connections,
      keepAlive,
      images,
      contexts,
      history: { answerTo, readEntry, unfinishedJobs },
      preparePage,
      language: () => browser.i18n.getUILanguage(),
      onWaiting: () => void openWelcome(),
      onEnded: () => menus.refresh(),
      onImage(jobId, file) {
        void addThumbnail({ store, runner }, jobId, file);
      },
    });

    const describe = createDescribe({
      runner,
      store,
      feed,
      presets,
      storedImages,
      preparePage,
      preparePicks,
    });

    const compare = createCompare({
      presets,
      images,
      storedImages,
      describe,
      preparePage,
      keepAlive,
    });
    const menus = startContextMenus(
      ({ action, presetId, info, tab }) => {
        const tabId = tab.id ?? NO_TAB;
        const image = imageOf(info, tab);
        switch (action) {
          case 'describe':
            return void describe.image(tabId, image, presetId === undefined ? {} : { presetId });
          case 'ask':
            return void describe.ask(tabId, image);
          case 'here':
            return void describe.here(tabId);
          case 'compareAdd':
            return void compare.add(tabId, image);
          case 'compare':
            return void compare.with(tabId, image);
          case 'insert':
            return void insertLastAnswer(
              { store, preparePage },
              { tabId, frameId: info.frameId ?? 0, isPrivate: tab.incognito },
            );
        }
      },
      async () => {
        await store.ready;
        // One menu for all windows: while a private one is open, it does not tell what there is.
        const [tray, isPrivate] = await Promise.all([readTray(), hasPrivateWindow()]);
        return {
          compare: isPrivate || inWindows(tray).length > 0,
          insert: isPrivate || lastAnswered(store, false) !== undefined,
        };
      },
    );
    watchWindows(() => menus.refresh());
    startTrayBadge();
    browser.commands.onCommand.addListener((command, tab) => {
      if (tab?.id === undefined) return;
      if (command === 'pick-picture') void describe.pick(tab.id);
      const slot = SLOTS.find((each) => command === `preset-${each}`);
      if (slot) void describe.bySlot(tab.id, slot);
    });
    const dependencies = {
      journal,
      runner,
      store,
      feed,
      connections,
      describe,
      compare,
      storedImages,
    };
    listen(backgroundListeners({ ...dependencies, preparePage, preparePicks }));
    forgetWithPrivateWindows({ runner, store, storedImages, journal, compare });
    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void openWelcome();
    });
    void runner.recover();
    settleLeftHolds().catch(console.error);
    prepareKeys().catch(console.error);
    takeOverFormer().catch(console.error);
    const whenUnlocked = async () => {
      if ((await keyState()) === 'unlocked') await runner.resumeLocked();
    };
    watchKeys(() => void whenUnlocked());
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
    private: tab.incognito,
  };
}
