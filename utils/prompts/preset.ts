/** A preset: a named prompt that a person chooses when asking about an image. */
import * as v from 'valibot';

/** The longest prompt we keep, in characters: well past any real one, well under storage limits. */
export const PROMPT_MAX_LENGTH = 8_000;
export const PRESET_NAME_MAX_LENGTH = 60;

export const presetSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Shown in the menu, the card and the popup. */
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PRESET_NAME_MAX_LENGTH)),
  /** What the model is asked, as the person wrote it. */
  prompt: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PROMPT_MAX_LENGTH)),
});

export type Preset = v.InferOutput<typeof presetSchema>;

/** The person's presets in their order, and the one that comes first in the menu. */
export const presetListSchema = v.pipe(
  v.object({
    presets: v.pipe(v.array(presetSchema), v.minLength(1), v.maxLength(100)),
    defaultId: v.string(),
  }),
  v.check(
    ({ presets }) => new Set(presets.map((preset) => preset.id)).size === presets.length,
    'two presets share an id',
  ),
);

export type PresetList = v.InferOutput<typeof presetListSchema>;

/** The presets as a menu shows them: the default first, then the rest in the person's order. */
export function inMenuOrder(list: PresetList): Preset[] {
  const first = defaultPreset(list);
  return [first, ...list.presets.filter((preset) => preset !== first)];
}

/** The default preset; the first one where the default was deleted. */
export function defaultPreset(list: PresetList): Preset {
  const found = list.presets.find((preset) => preset.id === list.defaultId) ?? list.presets[0];
  // The schema holds the list to at least one.
  if (!found) throw new RangeError('a preset list is never empty');
  return found;
}
