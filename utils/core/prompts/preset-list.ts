/** What a person does to their presets: each step gives a list that the schema takes. */
import * as v from 'valibot';
import {
  defaultPreset,
  PRESET_NAME_MAX_LENGTH,
  presetListSchema,
  presetSchema,
  type Preset,
  type PresetList,
} from './preset';
import { withPresentNames } from './template';

/**
 * What says where a preset is offered, not what it asks: builtins stay builtins, whatever it is.
 */
const PLACING = new Set<string>(['id', 'hidden', 'slot'] satisfies (keyof Preset)[]);
const ASKING = (Object.keys(presetSchema.entries) as (keyof Preset)[]).filter(
  (key) => !PLACING.has(key),
);

/** The list with a preset at its end. */
export function addPreset(list: PresetList, preset: Preset): PresetList {
  return settled(list, [...list.presets, preset]);
}

/** The list with a copy right after its original; a name that is too long is cut. */
export function copyPreset(
  list: PresetList,
  id: string,
  copy: { id: string; name: string },
): PresetList {
  const name = copy.name.slice(0, PRESET_NAME_MAX_LENGTH);
  const presets = list.presets.flatMap((each) =>
    each.id === id ? [each, { ...withoutSlot(each), id: copy.id, name }] : [each],
  );
  return settled(list, presets);
}

/** The list without a preset; the list as it is where that one has to stay. */
export function removePreset(list: PresetList, id: string): PresetList {
  return settled(
    list,
    list.presets.filter((each) => each.id !== id),
  );
}

/**
 * Whether a preset is the last one for single images: it cannot be deleted, nor used for
 * comparisons.
 */
export function isNeeded({ presets }: PresetList, id: string): boolean {
  return !presets.some((each) => each.id !== id && !each.compares);
}

/** The list with a preset at another place, counted from 0 and held within the list. */
export function movePreset(list: PresetList, id: string, to: number): PresetList {
  const moved = list.presets.find((each) => each.id === id);
  if (!moved) return list;
  const presets = list.presets.filter((each) => each !== moved);
  presets.splice(Math.max(0, Math.min(to, presets.length)), 0, moved);
  return settled(list, presets);
}

/** The list with a preset replaced by id; other presets lose a shortcut that it takes over. */
export function replacePreset(list: PresetList, preset: Preset): PresetList {
  return settled(
    list,
    list.presets.map((each) => {
      if (each.id === preset.id) return preset;
      return preset.slot !== undefined && each.slot === preset.slot ? withoutSlot(each) : each;
    }),
  );
}

/** The list with another default; one that compares can be none, for it is in no image's menu. */
export function chooseDefault(list: PresetList, id: string): PresetList {
  const can = list.presets.some((each) => each.id === id && !each.compares);
  return can ? { ...list, defaultId: id } : list;
}

/** Whether a built-in preset was changed. */
export function isChanged(preset: Preset, builtins: readonly Preset[]): boolean {
  const original = builtins.find(({ id }) => id === preset.id);
  return (
    original !== undefined && ASKING.some((key) => asked(preset, key) !== asked(original, key))
  );
}

/**
 * The presets, a built-in one with its present text where the person has not edited that: an earlier
 * version stored it with former names of placeholders.
 */
export function withPresentTexts(
  presets: readonly Preset[],
  builtins: readonly Pick<Preset, 'id' | 'prompt'>[],
): Preset[] {
  return presets.map((preset) => {
    const present = withPresentNames(preset.prompt);
    const isBuiltin = builtins.some(({ id, prompt }) => id === preset.id && prompt === present);
    return isBuiltin ? { ...preset, prompt: present } : preset;
  });
}

/** The list with a built-in preset reset, except for where it is offered. */
export function resetToBuiltin(
  list: PresetList,
  id: string,
  builtins: readonly Preset[],
): PresetList {
  const original = builtins.find((each) => each.id === id);
  const now = list.presets.find((each) => each.id === id);
  if (!original || !now) return list;
  const { hidden, slot } = now;
  return replacePreset(list, {
    ...original,
    ...(hidden === undefined ? {} : { hidden }),
    ...(slot === undefined ? {} : { slot }),
  });
}

/** The built-in presets that were deleted. */
export function missingBuiltins(list: PresetList, builtins: readonly Preset[]): Preset[] {
  return missingFrom(list, builtins);
}

/** The list with the deleted built-in presets added at its end. */
export function restoreMissingBuiltins(list: PresetList, builtins: readonly Preset[]): PresetList {
  return settled(list, [...list.presets, ...missingBuiltins(list, builtins)]);
}

/** What came in a file (`preset-file.ts`). */
interface Incoming {
  presets: readonly Preset[];
  defaultId?: string | undefined;
}

interface Imported {
  list: PresetList;
  added: number;
  replaced: number;
}

/**
 * The list with what came in a file: a preset whose id is there replaces that one, the others are
 * added. A replaced one keeps its connection and its shortcut, which no file has. `undefined` where the list would
 * hold too many, or none about a single image.
 */
export function importPresets(
  list: PresetList,
  { presets, defaultId }: Incoming,
): Imported | undefined {
  const replaced = new Map(
    list.presets.flatMap(({ id, connectionId, slot }) => {
      const incoming = presets.find((each) => each.id === id);
      if (!incoming) return [];
      const own = {
        ...(connectionId === undefined ? {} : { connectionId }),
        ...(slot === undefined ? {} : { slot }),
      };
      return [[id, { ...incoming, ...own }]];
    }),
  );
  const added = presets.filter(({ id }) => !replaced.has(id));
  const all = [...list.presets.map((each) => replaced.get(each.id) ?? each), ...added];
  const next = settled(list, all);
  if (next === list) return undefined;
  return {
    list: defaultId === undefined ? next : chooseDefault(next, defaultId),
    added: added.length,
    replaced: replaced.size,
  };
}

/** Those that are not in the list. */
export function missingFrom(list: PresetList, presets: readonly Preset[]): Preset[] {
  return presets.filter(({ id }) => !list.presets.some((each) => each.id === id));
}

/** The list with presets as they were before: back in their places, and without those that came. */
export function putBackPresets(
  list: PresetList,
  back: {
    remove: readonly string[];
    put: readonly { preset: Preset; at: number }[];
    defaultId?: string | undefined;
  },
): PresetList {
  const presets = list.presets.filter(({ id }) => !back.remove.includes(id));
  for (const { preset, at } of back.put) {
    const now = presets.findIndex(({ id }) => id === preset.id);
    if (now === -1) presets.splice(at, 0, preset);
    else presets[now] = preset;
  }
  const next = settled(list, presets);
  return back.defaultId === undefined ? next : chooseDefault(next, back.defaultId);
}

function withoutSlot({ slot: _slot, ...rest }: Preset): Preset {
  return rest;
}

/**
 * A list of these presets, with a default that is among them. The list as it was where these can be
 * none: too many, two with an id, or none about a single image.
 */
function settled(list: PresetList, presets: Preset[]): PresetList {
  const next = { presets, defaultId: list.defaultId };
  if (!v.is(presetListSchema, next)) return list;
  return { presets, defaultId: defaultPreset(next).id };
}

/** One thing that a preset asks, to be compared; which texts are sent with it, not in which order. */
function asked(preset: Preset, key: keyof Preset): string {
  const value = preset[key];
  if (Array.isArray(value)) return value.toSorted().join();
  if (typeof value === 'string') return value.trim();
  // A box that is not ticked is the same as one that never was.
  return value === undefined || value === false ? '' : String(value);
}
