/** The image menu: one entry whose entries are the presets. */
import { i18n } from '#i18n';
import { browser, type Browser } from 'wxt/browser';
import { inMenuOrder, type Preset, type PresetList } from '../../utils/prompts/preset';
import { readPresets, watchPresets } from '../../utils/settings/settings';

const PARENT_ID = 'describe';
const PRESET_PREFIX = 'preset:';

/** A preset chosen on an image. */
export interface ImageClick {
  presetId: string;
  info: Browser.contextMenus.OnClickData;
  tab: Browser.tabs.Tab;
}

/** Listens for clicks and keeps the menu in step with the presets. Call synchronously at start. */
export function startContextMenus(onImageClick: (click: ImageClick) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const id = String(info.menuItemId);
    if (tab && id.startsWith(PRESET_PREFIX)) {
      onImageClick({ presetId: id.slice(PRESET_PREFIX.length), info, tab });
    }
  });
  // The browser keeps the menu while the worker sleeps, so it is built on these occasions alone.
  browser.runtime.onInstalled.addListener(rebuild);
  browser.runtime.onStartup.addListener(rebuild);
  watchPresets(rebuild);
}

let rebuilding = Promise.resolve();

/** One rebuild after another: two at once would create each entry twice, which is an error. */
function rebuild(): void {
  rebuilding = rebuilding.then(build).catch((error: unknown) => console.error(error));
}

async function build(): Promise<void> {
  const presets = await readPresets();
  await browser.contextMenus.removeAll();
  for (const entry of menuEntries(presets, i18n.t('menu.describe'))) {
    browser.contextMenus.create({ ...entry, contexts: ['image'] });
  }
}

/**
 * The menu of a preset list. A single preset needs no menu of its own.
 *
 * @param title of the entry that holds the presets.
 */
export function menuEntries(
  list: PresetList,
  title: string,
): { id: string; title: string; parentId?: string }[] {
  const [first, ...rest] = inMenuOrder(list).map(entryOf);
  if (first && rest.length === 0) return [{ ...first, title }];
  const children = [first, ...rest].flatMap((entry) =>
    entry ? [{ ...entry, parentId: PARENT_ID }] : [],
  );
  return [{ id: PARENT_ID, title }, ...children];
}

function entryOf({ id, name }: Preset): { id: string; title: string } {
  // In a menu title `&` marks an access key, and `%s` stands for the selected text.
  const title = name.replaceAll('&', '&&').replaceAll('%s', '%\u200Bs');
  return { id: PRESET_PREFIX + id, title };
}
