/** The presets, ready before a click needs one. */
import { defaultPreset, type Preset, type PresetList, type Slot } from '../../utils/prompts/preset';
import { readPresets, watchPresets } from '../../utils/settings/settings';

export interface PresetSource {
  /** The preset with an id; the default where none is named, or it was deleted meanwhile. */
  byId(presetId?: string): Promise<Preset>;
  /** The preset of a shortcut, if there is one about a single picture. */
  bySlot(slot: Slot): Promise<Preset | undefined>;
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
      return (await list).presets.find((each) => each.slot === slot && !each.compares);
    },
  };
}
