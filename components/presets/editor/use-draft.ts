/** A preset as it is being typed: kept shortly after the last key, as long as it is sound. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Preset } from '../../../utils/core/prompts/preset';
import { presetEdit, type PresetEdit } from '../../../utils/core/prompts/preset-change';
import { isSound } from '../preset-problems';

/** How long after the last key a change is stored: a popup may close at any moment. */
const STORE_AFTER_MS = 250;

/** Changes one field; `undefined` takes it out. */
export type EditField = <Key extends keyof Preset>(
  key: Key,
  value: Preset[Key] | undefined,
) => void;

interface Draft {
  draft: Preset;
  edit: (next: Preset) => void;
  editField: EditField;
  /** Stores at once what is not yet stored. */
  flush: () => void;
  /** Forgets what is not yet stored: it must not come back after a delete or a reset. */
  drop: () => void;
}

/** The fields that were typed here; `undefined` for one that was taken out. */
type Typed = { [Field in keyof Preset]?: Preset[Field] | undefined };

export function useDraft(preset: Preset, onChange: (edit: PresetEdit) => void): Draft {
  const [typed, setTyped] = useState<Typed>({});
  const unsent = useRef(new Set<keyof Preset>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const draft = withTyped(preset, typed, unsent.current);

  const store = useRef(() => {});
  store.current = () => {
    const fields = [...unsent.current];
    if (fields.length === 0 || !isSound(draft)) return;
    unsent.current.clear();
    onChange(presetEdit(preset.id, Object.fromEntries(fields.map((key) => [key, draft[key]]))));
  };

  function edit(next: Preset): void {
    const changed = fieldsOf(draft, next).filter((key) => draft[key] !== next[key]);
    for (const key of changed) unsent.current.add(key);
    setTyped((before) => ({
      ...before,
      ...Object.fromEntries(changed.map((key) => [key, next[key]])),
    }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => store.current(), STORE_AFTER_MS);
  }

  useEffect(() => {
    const storeNow = () => store.current();
    addEventListener('pagehide', storeNow);
    return () => {
      removeEventListener('pagehide', storeNow);
      storeNow();
    };
  }, []);

  return {
    draft,
    edit,
    editField: (key, value) => edit(withField(draft, key, value)),
    flush: () => store.current(),
    drop: () => unsent.current.clear(),
  };
}

/** A preset with one field changed, or without it. */
export function withField<Key extends keyof Preset>(
  preset: Preset,
  key: Key,
  value: Preset[Key] | undefined,
): Preset {
  const next = { ...preset, [key]: value };
  if (value === undefined) delete next[key];
  return next;
}

/** A preset with what was typed and is not stored, and with what is stored but for spaces around it. */
function withTyped(preset: Preset, typed: Typed, unsent: ReadonlySet<keyof Preset>): Preset {
  return fieldsOf(typed).reduce(
    (draft, key) =>
      unsent.has(key) || isSame(preset[key], typed[key])
        ? withField(draft, key, typed[key])
        : draft,
    preset,
  );
}

function fieldsOf(...presets: Typed[]): (keyof Preset)[] {
  return [...new Set(presets.flatMap((each) => Object.keys(each) as (keyof Preset)[]))];
}

/** As it is stored: without the spaces around a text. */
function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(typeof value === 'string' ? value.trim() : value);
  return text(one) === text(other);
}
