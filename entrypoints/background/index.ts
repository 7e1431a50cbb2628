/** The background: registers every listener synchronously, builds the dependencies and connects them. */
import { browser, type Browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { NO_TAB } from '../../utils/core/jobs/job';
import { loadedLater } from '../../utils/core/loaded-later';
import type { JobImage } from '../../utils/core/jobs/job-image';
import { inWindows, readTray } from '../../utils/browser/jobs/comparison-tray';
import { openJobStore } from '../../utils/browser/jobs/job-store';
import { listenWith } from '../../utils/browser/messaging/answering';
import { startJobFeed } from '../../utils/browser/messaging/job-feed-server';
import { BACKGROUND_CALL_NAMES } from '../../utils/browser/messaging/call-names';
import { SLOTS } from '../../utils/core/prompts/preset';
import { keyState, prepareKeys, watchKeys } from '../../utils/browser/settings/keys';
import type { ImageSource } from './images/acquire-image';
import { createConnectionSource } from './connections/connection-source';
import type { Compare } from './jobs/compare';
import { startContextMenus } from './menus/context-menus';
import { createDescribe } from './jobs/describe';
import { forgetWithPrivateWindows } from './jobs/forget-jobs';
import { injectCard, injectPicks } from './tabs/inject';
import { insertLastAnswer, lastAnswered } from './menus/insert-answer';
import { createJobRunner, type History } from './jobs/job-runner';
import { createJournal } from './jobs/journal';
import { createKeepAlive } from './jobs/keep-alive';
import { openStoredImages } from './images/stored-images';
import { openWelcome } from './tabs/open-pages';
import { createContextSource } from './jobs/page-context';
import { startOriginRules } from './connections/origin-rules';
import { createPresetSource } from './settings/preset-source';
import { hasPrivateWindow, watchWindows } from './tabs/private-windows';
import { addThumbnail } from './jobs/thumbnails';
import { startTrayBadge } from './menus/tray-badge';

/** A click that wakes the worker is over by then. */
const SETTLE_AFTER_MS = 2_000;

export default defineBackground({
  main() {
    const connections = createConnectionSource(startOriginRules());
    const presets = createPresetSource();
    const journal = createJournal();
    const storedImages = openStoredImages(journal);
    const store = openJobStore({ journal: journal.save, makeRoom: storedImages.makeRoom });
    const images = loadedLater<ImageSource>(async () => {
      const { createImageSource } = await import('./images/acquire-image');
      return createImageSource(storedImages);
    });
    const history = loadedLater<History>(() => import('../../utils/browser/history/history'));
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
      history,
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

    const compare = loadedLater<Compare>(async () => {
      const { createCompare } = await import('./jobs/compare');
      return createCompare({ presets, images, storedImages, describe, preparePage, keepAlive });
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
    listenWith(BACKGROUND_CALL_NAMES, async () => {
      const { backgroundListeners } = await import('./calls/handlers');
      return backgroundListeners({ ...dependencies, preparePage, preparePicks });
    });
    forgetWithPrivateWindows({ runner, store, storedImages, journal, compare });
    const takeOver = async () => {
      const { takeOverFormer } = await import('./settings/settings-owner');
      await takeOverFormer();
    };
    browser.runtime.onStartup.addListener(() => void takeOver().catch(console.error));
    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void openWelcome();
      void takeOver().catch(console.error);
    });
    void runner.recover();
    // Held until then, they count in full; nothing is sent too much.
    setTimeout(() => void settleLeftHolds().catch(console.error), SETTLE_AFTER_MS);
    prepareKeys().catch(console.error);
    const whenUnlocked = async () => {
      if ((await keyState()) === 'unlocked') await runner.resumeLocked();
    };
    watchKeys(() => void whenUnlocked());
    // Firefox has no such call; there, a content script of ours could read what it must not.
    void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  },
});

async function settleLeftHolds(): Promise<void> {
  const meter = await import('./jobs/meter');
  await meter.settleLeftHolds();
}

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
