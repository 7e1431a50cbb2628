/**
 * What a person changes of their presets: each change says what it changes, so that two pages can
 * work at once.
 */
import * as v from 'valibot';
import { presetSchema, type Preset, type PresetList } from './preset';
import * as lists from './preset-list';

const { id, ...fields } = presetSchema.entries;
const optional = v.picklist([
  'compares',
  'hidden',
  'slot',
  'connectionId',
  'model',
  'detail',
  'maxTokens',
  'effort',
  'language',
  'length',
  'context',
]);
const presets = v.pipe(v.array(presetSchema), v.maxLength(100));
const place = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One step; where a preset is named by an id that is gone, nothing is changed. */
export const presetChangeSchema = v.variant('kind', [
  v.object({ kind: v.literal('add'), preset: presetSchema }),
  v.object({ kind: v.literal('copy'), id, copy: v.object({ id, name: v.string() }) }),
  /** Some fields; those in `unset` are taken away. */
  v.object({
    kind: v.literal('edit'),
    id,
    set: v.partial(v.strictObject(fields)),
    unset: v.array(optional),
  }),
  v.object({ kind: v.literal('move'), id, to: place }),
  v.object({ kind: v.literal('makeDefault'), id }),
  v.object({ kind: v.literal('remove'), id }),
  /** Resets a built-in preset. */
  v.object({ kind: v.literal('reset'), id }),
  /** Restores the built-in presets that were deleted. */
  v.object({ kind: v.literal('restore') }),
  /** What came in a file. */
  v.object({ kind: v.literal('import'), presets, defaultId: v.optional(v.string()) }),
  /** Undoes a step: see `undoing`. */
  v.object({
    kind: v.literal('undo'),
    remove: v.array(v.string()),
    put: v.pipe(v.array(v.object({ preset: presetSchema, at: place })), v.maxLength(100)),
    defaultId: v.optional(v.string()),
  }),
]);

export type PresetChange = v.InferOutput<typeof presetChangeSchema>;
/** Which fields of a preset are changed. */
export type PresetEdit = Extract<PresetChange, { kind: 'edit' }>;

/** The list with a change made; the very same list where it cannot be made. */
export function changedPresets(
  list: PresetList,
  change: PresetChange,
  builtins: readonly Preset[],
): PresetList {
  switch (change.kind) {
    case 'add':
      return lists.addPreset(list, change.preset);
    case 'copy':
      return lists.copyPreset(list, change.id, change.copy);
    case 'edit':
      return edited(list, change);
    case 'move':
      return lists.movePreset(list, change.id, change.to);
    case 'makeDefault':
      return lists.chooseDefault(list, change.id);
    case 'remove':
      return lists.removePreset(list, change.id);
    case 'reset':
      return lists.resetToBuiltin(list, change.id, builtins);
    case 'restore':
      return lists.restoreMissingBuiltins(list, builtins);
    case 'import':
      return lists.importPresets(list, change)?.list ?? list;
    case 'undo':
      return lists.putBackPresets(list, change);
  }
}

/** The change of some fields; those that are `undefined` are taken away. */
export function presetEdit(
  presetId: string,
  changed: { [Field in keyof Preset]?: Preset[Field] | undefined },
): PresetEdit {
  return {
    kind: 'edit',
    id: presetId,
    set: Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)),
    unset: optional.options.filter(
      (field) => Object.hasOwn(changed, field) && changed[field] === undefined,
    ),
  };
}

/**
 * The change that undoes what was done between two lists, and nothing that is done elsewhere
 * meanwhile.
 */
export function undoing(before: PresetList, after: PresetList): PresetChange {
  const isSame = (preset: Preset) =>
    after.presets.some((each) => JSON.stringify(each) === JSON.stringify(preset));
  return {
    kind: 'undo',
    remove: lists.missingFrom(before, after.presets).map((each) => each.id),
    put: before.presets.flatMap((preset, at) => (isSame(preset) ? [] : [{ preset, at }])),
    ...(before.defaultId === after.defaultId ? {} : { defaultId: before.defaultId }),
  };
}

function edited(list: PresetList, { id: presetId, set, unset }: PresetEdit): PresetList {
  const before = list.presets.find((each) => each.id === presetId);
  if (!before) return list;
  const next: Record<string, unknown> = { ...before, ...set };
  for (const field of unset) delete next[field];
  const parsed = v.safeParse(presetSchema, next);
  return parsed.success ? lists.replacePreset(list, parsed.output) : list;
}
