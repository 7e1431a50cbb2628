/** The menus: on an image its presets and what else can be asked; one entry in fields that are
 * edited; on request, one everywhere else. */
import pLimit from 'p-limit';
import { i18n } from '#i18n';
import { browser, type Browser } from 'wxt/browser';
import { watchTray } from '../../../utils/browser/jobs/comparison-tray';
import { menuEntries, PRESET_PREFIX } from '../../../utils/core/prompts/menu-entries';
import {
  readMenuEverywhere,
  readPresets,
  watchMenuEverywhere,
  watchPresets,
} from '../../../utils/browser/settings/settings';

/** All that may have an image in it or under it, but for images, which have the presets. */
const HERE_CONTEXTS = ['page', 'frame', 'link', 'video', 'selection', 'editable'] as const;

/** What an entry without a preset does; its id is its name. */
const ACTIONS = ['ask', 'compareAdd', 'compare', 'here', 'insert'] as const;
type Action = (typeof ACTIONS)[number];

export interface MenuClick {
  action: Action | 'describe';
  /** Of `describe`. */
  presetId?: string;
  info: Browser.contextMenus.OnClickData;
  tab: Browser.tabs.Tab;
}

/** Entries that are there only while they can do something. */
export interface MenuState {
  /** Whether images are chosen to be compared with. */
  compare: boolean;
  /** Whether there is a description to insert. */
  insert: boolean;
}

/**
 * Listens for clicks and keeps the menu in step with the settings. Call synchronously at start.
 *
 * @param stateNow asked whenever the menu is built or refreshed.
 * @returns `refresh`, to be called when what `stateNow` says may have changed.
 */
export function startContextMenus(
  onClick: (click: MenuClick) => void,
  stateNow: () => Promise<MenuState>,
): { refresh: () => void } {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab) return;
    const id = String(info.menuItemId);
    if (id.startsWith(PRESET_PREFIX)) {
      onClick({ action: 'describe', presetId: id.slice(PRESET_PREFIX.length), info, tab });
    }
    const action = ACTIONS.find((each) => each === id);
    if (action) onClick({ action, info, tab });
  });

  const queue = pLimit(1);
  /** One change after another: two at once would create each entry twice, which is an error. */
  const enqueue = (work: () => Promise<void>) => void queue(work).catch(console.error);
  let shown: MenuState | undefined;
  const rebuild = () =>
    enqueue(async () => {
      await build();
      shown = await stateNow();
      await show(shown);
    });
  const refresh = () =>
    enqueue(async () => {
      const now = await stateNow();
      // An open menu must not be changed without need.
      if (shown?.compare === now.compare && shown.insert === now.insert) return;
      shown = now;
      await show(now);
    });

  // The browser keeps the menu while the worker sleeps, so it is only built on these occasions.
  browser.runtime.onInstalled.addListener(rebuild);
  browser.runtime.onStartup.addListener(rebuild);
  watchPresets(rebuild);
  watchMenuEverywhere(rebuild);
  watchTray(refresh);
  return { refresh };
}

async function build(): Promise<void> {
  const [presets, everywhere] = await Promise.all([readPresets(), readMenuEverywhere()]);
  await browser.contextMenus.removeAll();
  for (const entry of menuEntries(presets, i18n.t)) {
    browser.contextMenus.create({ ...entry, contexts: ['image'] });
  }
  const title = i18n.t('menu.insert');
  browser.contextMenus.create({ id: 'insert', title, contexts: ['editable'] });
  if (everywhere) {
    const here = i18n.t('menu.describeHere');
    browser.contextMenus.create({ id: 'here', title: here, contexts: [...HERE_CONTEXTS] });
  }
}

async function show({ compare, insert }: MenuState): Promise<void> {
  await browser.contextMenus.update('compare', { visible: compare });
  await browser.contextMenus.update('insert', { visible: insert });
}
