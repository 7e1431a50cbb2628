/** The presets, ready before a click needs one. */
import { COMPARE_ID } from '../../utils/prompts/builtin';
import {
  defaultPreset,
  type Preset,
  type PresetList,
  type ShortcutSlot,
} from '../../utils/prompts/preset';
import { builtinPresets, readPresets, watchPresets } from '../../utils/settings/settings';

export interface PresetSource {
  /** The preset with an id; the default where none is named, or it was deleted meanwhile. */
  byId(presetId?: string): Promise<Preset>;
  /** The preset that one of the browser's shortcuts is bound to. */
  bySlot(slot: ShortcutSlot): Promise<Preset | undefined>;
  /** The one for several pictures: the person's first, or ours where they have none. */
  forComparison(): Promise<Preset>;
}

/** Begins to read at once, and again after every change. */
export function createPresetSource(): PresetSource {
  let list: Promise<PresetList> = readPresets();
  watchPresets(() => {
    list = readPresets();
  });
  return {
    async byId(presetId) {
      const now = await list;
      return now.presets.find(({ id }) => id === presetId) ?? defaultPreset(now);
    },
    async bySlot(slot) {
      return (await list).presets.find(({ shortcut }) => shortcut === slot);
    },
    async forComparison() {
      const own = (await list).presets.find(({ compares }) => compares);
      if (own) return own;
      const ours = builtinPresets().presets.find(({ id }) => id === COMPARE_ID);
      if (!ours) throw new RangeError('ours have none for comparison');
      return ours;
    },
  };
}
