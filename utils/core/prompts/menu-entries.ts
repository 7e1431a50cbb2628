/** What an image's menu offers: the presets, a question of one's own, and comparison. */
import { inMenuOrder, type Preset, type PresetList } from './preset';

const PARENT_ID = 'describe';
/** What the id of a preset's entry begins with. */
export const PRESET_PREFIX = 'preset:';

/** The entries in their order: first the one that opens the submenu, then all that is in it. */
export function menuEntries(
  list: PresetList,
  words: (key: 'menu.describe' | 'menu.ask' | 'menu.compareAdd' | 'menu.compare') => string,
): { id: string; title: string; parentId?: string }[] {
  const others = (['ask', 'compareAdd', 'compare'] as const).map((id) => ({
    id,
    title: words(`menu.${id}`),
  }));
  return [
    { id: PARENT_ID, title: words('menu.describe') },
    ...[...inMenuOrder(list).map(entryOf), ...others].map(({ id, title }) => ({
      id,
      title,
      parentId: PARENT_ID,
    })),
  ];
}

function entryOf({ id, name }: Preset): { id: string; title: string } {
  // In a menu title `&` marks an access key, and `%s` stands for the selected text.
  const title = name.replaceAll('&', '&&').replaceAll('%s', '%\u200Bs');
  return { id: PRESET_PREFIX + id, title };
}
