/** The image menu: one entry whose entries are the presets; on request, an entry on all else. */
import { i18n } from '#i18n';
import { browser, type Browser } from 'wxt/browser';
import { inMenuOrder, type Preset, type PresetList } from '../../utils/prompts/preset';
import {
  readMenuEverywhere,
  readPresets,
  watchMenuEverywhere,
  watchPresets,
} from '../../utils/settings/settings';

const PARENT_ID = 'describe';
const PRESET_PREFIX = 'preset:';
const HERE_ID = 'here';
const ASK_ID = 'ask';

/** All that may have a picture in it or under it, but for images, which have the presets. */
const HERE_CONTEXTS = ['page', 'frame', 'link', 'video', 'selection', 'editable'] as const;

/** A click somewhere on a page. */
export interface HereClick {
  info: Browser.contextMenus.OnClickData;
  tab: Browser.tabs.Tab;
}

/** A preset chosen on an image. */
export interface ImageClick extends HereClick {
  presetId: string;
}

/**
 * Listens for clicks and keeps the menu in step with the settings. Call synchronously at start.
 *
 * @param onHereClick for the entry that is there on all else, where the person wants it.
 * @param onAskClick for a question that is typed before anything is sent.
 */
export function startContextMenus(
  onImageClick: (click: ImageClick) => void,
  onHereClick: (click: HereClick) => void,
  onAskClick: (click: HereClick) => void,
): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const id = String(info.menuItemId);
    if (tab && id === ASK_ID) onAskClick({ info, tab });
    if (tab && id === HERE_ID) onHereClick({ info, tab });
    if (tab && id.startsWith(PRESET_PREFIX)) {
      onImageClick({ presetId: id.slice(PRESET_PREFIX.length), info, tab });
    }
  });
  // The browser keeps the menu while the worker sleeps, so it is built on these occasions alone.
  browser.runtime.onInstalled.addListener(rebuild);
  browser.runtime.onStartup.addListener(rebuild);
  watchPresets(rebuild);
  watchMenuEverywhere(rebuild);
}

let rebuilding = Promise.resolve();

/** One rebuild after another: two at once would create each entry twice, which is an error. */
function rebuild(): void {
  rebuilding = rebuilding.then(build).catch((error: unknown) => console.error(error));
}

async function build(): Promise<void> {
  const [presets, everywhere] = await Promise.all([readPresets(), readMenuEverywhere()]);
  await browser.contextMenus.removeAll();
  const titles = { describe: i18n.t('menu.describe'), ask: i18n.t('menu.ask') };
  for (const entry of menuEntries(presets, titles)) {
    browser.contextMenus.create({ ...entry, contexts: ['image'] });
  }
  if (!everywhere) return;
  const title = i18n.t('menu.describeHere');
  browser.contextMenus.create({ id: HERE_ID, title, contexts: [...HERE_CONTEXTS] });
}

/**
 * The menu of a preset list: the presets, and a question of one's own.
 *
 * @param titles of the entry that holds them all, and of the question.
 */
export function menuEntries(
  list: PresetList,
  titles: { describe: string; ask: string },
): { id: string; title: string; parentId?: string }[] {
  const entries = [...inMenuOrder(list).map(entryOf), { id: ASK_ID, title: titles.ask }];
  return [
    { id: PARENT_ID, title: titles.describe },
    ...entries.map(({ id, title }) => ({ id, title, parentId: PARENT_ID })),
  ];
}

function entryOf({ id, name }: Preset): { id: string; title: string } {
  // In a menu title `&` marks an access key, and `%s` stands for the selected text.
  const title = name.replaceAll('&', '&&').replaceAll('%s', '%\u200Bs');
  return { id: PRESET_PREFIX + id, title };
}
