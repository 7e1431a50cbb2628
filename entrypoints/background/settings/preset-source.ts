/** The presets, ready before a click needs one. */
import { AppError } from '../../../utils/core/errors';
import {
  defaultPreset,
  type Preset,
  type PresetList,
  type Slot,
} from '../../../utils/core/prompts/preset';
import {
  localizedBuiltins,
  readPresets,
  watchPresets,
} from '../../../utils/browser/settings/settings';

export interface PresetSource {
  /** The preset with an id; the default where none is named, or it was deleted meanwhile. */
  byId(presetId?: string): Promise<Preset>;
  /** The preset of a shortcut, if there is one about a single image. */
  bySlot(slot: Slot): Promise<Preset | undefined>;
  /** The person's first preset for several images, else the built-in one. */
  comparing(): Promise<Preset>;
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
    async comparing() {
      const all = [...(await list).presets, ...localizedBuiltins()];
      const found = all.find(({ compares }) => compares);
      if (!found) throw new AppError('unexpected');
      return found;
    },
    async bySlot(slot) {
      return (await list).presets.find((each) => each.slot === slot && !each.compares);
    },
  };
}
