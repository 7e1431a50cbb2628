/** The background: registers every listener synchronously, builds the parts and connects them. */
import { browser, type Browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { answerTo, readEntry, unfinishedJobs } from '../../utils/history/history';
import type { JobImage } from '../../utils/jobs/job-image';
import { readTray } from '../../utils/jobs/compare-tray';
import { openJobStore } from '../../utils/jobs/job-store';
import { startJobFeed } from '../../utils/messaging/job-feed-server';
import { SLOTS } from '../../utils/prompts/preset';
import { keyState, watchKeys } from '../../utils/settings/keys';
import { createImageSource } from './acquire-image';
import { createConnectionSource } from './connection-source';
import { createCompare } from './compare';
import { startContextMenus } from './context-menus';
import { createDescribe } from './describe';
import { forgetWithPrivateWindows } from './forget-jobs';
import { startHandlers } from './handlers';
import { injectCard, injectPicks } from './inject';
import { insertLastAnswer, lastAnswered } from './insert-answer';
import { createJobRunner } from './job-runner';
import { createJournal } from './journal';
import { createKeepAlive } from './keep-alive';
import { openKeptPictures } from './kept-pictures';
import { openWelcome } from './open-pages';
import { createContextSource } from './page-context';
import { startOriginRules } from './origin-rules';
import { createPresetSource } from './preset-source';
import { addThumbnail } from './thumbnails';

export default defineBackground({
  main() {
    const connections = createConnectionSource(startOriginRules());
    const presets = createPresetSource();
    const journal = createJournal();
    const kept = openKeptPictures(journal);
    const store = openJobStore({ journal: journal.save, makeRoom: kept.makeRoom });
    const images = createImageSource(kept);
    const contexts = createContextSource();
    const feed = startJobFeed(store, contexts.told);
    const preparePage = async (tabId: number) => feed.hasTab(tabId) || (await injectCard(tabId));
    const preparePicks = async (tabId: number) =>
      (await preparePage(tabId)) && (await injectPicks(tabId));
    const runner = createJobRunner({
      store,
      feed,
      connections,
      keepAlive: createKeepAlive(),
      images,
      contexts,
      history: { answerTo, readEntry, unfinishedJobs },
      preparePage,
      language: () => browser.i18n.getUILanguage(),
      onWaiting: () => void openWelcome(),
      onEnded: () => menus.refresh(),
      onBytes(jobId, bytes) {
        void addThumbnail(store, jobId, bytes).then((job) => job && feed.changed(job));
      },
    });

    const describe = createDescribe({
      runner,
      store,
      feed,
      presets,
      kept,
      preparePage,
      preparePicks,
    });

    const compare = createCompare({ presets, images, kept, describe, preparePage });
    const menus = startContextMenus(
      ({ action, presetId, info, tab }) => {
        const tabId = tab.id ?? -1;
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
            return void insertLastAnswer(store, { tabId, frameId: info.frameId ?? 0 });
        }
      },
      async () => {
        await store.ready;
        const chosen = await readTray();
        return { compare: chosen.length > 0, insert: lastAnswered(store) !== undefined };
      },
    );
    browser.commands.onCommand.addListener((command, tab) => {
      if (tab?.id === undefined) return;
      if (command === 'pick-picture') void describe.pick(tab.id);
      const slot = SLOTS.find((each) => command === `preset-${each}`);
      if (slot) void describe.bySlot(tab.id, slot);
    });
    startHandlers({
      journal,
      runner,
      store,
      feed,
      connections,
      describe,
      compare,
      kept,
      preparePage,
      preparePicks,
    });
    forgetWithPrivateWindows({ runner, store, kept, journal, compare });
    browser.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void openWelcome();
    });
    void runner.recover();
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
