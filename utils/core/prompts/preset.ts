/** A preset: a prompt with a name and options, shown as an entry of the menu. */
import * as v from 'valibot';
import { CONTEXT_FIELDS } from './page-context';

/** The longest prompt we keep, in characters: well past any real one, well under storage limits. */
export const PROMPT_MAX_LENGTH = 8_000;
export const PRESET_NAME_MAX_LENGTH = 60;

/** The least and the most tokens that an answer may be given. */
export const MAX_TOKENS_RANGE = [16, 128_000] as const;
/** The shortest and the longest target, in characters. */
export const LENGTH_RANGE = [20, 10_000] as const;

/** Reasoning effort; not sent to models without this setting. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const;
export type Effort = (typeof EFFORTS)[number];

/** `low` sends a small image, and says so where the server lets one say so. */
export const DETAILS = ['low', 'high'] as const;
export type Detail = (typeof DETAILS)[number];

/** The commands `preset-1` … of the manifest, each bound to a key in the browser. */
export const SLOTS = [1, 2, 3] as const;
export type Slot = (typeof SLOTS)[number];

const wholeNumber = ([least, most]: readonly [number, number]) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** A BCP 47 tag, as `Intl` takes it. */
const languageTagSchema = v.pipe(v.string(), v.maxLength(40), v.check(isLanguageTag));

export const presetSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Shown in the menu, the card and the popup. */
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PRESET_NAME_MAX_LENGTH)),
  /** What the model is asked, as the person wrote it; may hold placeholders (`template.ts`). */
  prompt: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(PROMPT_MAX_LENGTH)),
  /** Asked about several images side by side, and so in no image's menu. */
  compares: v.optional(v.boolean()),
  /** Left out of the menu; still there in the popup. */
  hidden: v.optional(v.boolean()),
  /** The shortcut that asks with it. */
  slot: v.optional(v.picklist(SLOTS)),
  /** The connection to use instead of the default; if it no longer exists, the default is used. */
  connectionId: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  /** In place of the connection's own model. */
  model: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  detail: v.optional(v.picklist(DETAILS)),
  /** The most tokens the answer may take, thinking included. */
  maxTokens: v.optional(wholeNumber(MAX_TOKENS_RANGE)),
  effort: v.optional(v.picklist(EFFORTS)),
  /** `page`: that of the page around the image. Absent: that of the person's browser. */
  language: v.optional(v.union([v.literal('page'), languageTagSchema])),
  /** How long the answer should be, in characters. A target, never a cut. */
  length: v.optional(wholeNumber(LENGTH_RANGE)),
  /** The page context to send, as quoted data. Absent: none. */
  context: v.optional(v.array(v.picklist(CONTEXT_FIELDS))),
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
  v.check(
    ({ presets }) => presets.some(({ compares }) => !compares),
    'no preset is about a single image',
  ),
);

export type PresetList = v.InferOutput<typeof presetListSchema>;

/**
 * The presets as a menu shows them: the default first, then the rest in the person's order. The
 * default is there even where it is hidden: a menu is never empty.
 */
export function inMenuOrder(list: PresetList): Preset[] {
  const first = defaultPreset(list);
  const rest = list.presets.filter(
    (preset) => preset !== first && !preset.hidden && !preset.compares,
  );
  return [first, ...rest];
}

/** The default preset; the first about a single image where the default was deleted. */
export function defaultPreset({ presets, defaultId }: PresetList): Preset {
  const single = presets.filter(({ compares }) => !compares);
  const found = single.find(({ id }) => id === defaultId) ?? single[0];
  // The schema holds the list to at least one.
  if (!found) throw new RangeError('a preset list is never without one for a single image');
  return found;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
