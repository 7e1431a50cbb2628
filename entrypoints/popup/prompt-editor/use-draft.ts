/** A preset as it is being typed: kept shortly after the last key, as long as it is sound. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Preset } from '../../../utils/prompts/preset';
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

export function useDraft(preset: Preset, onChange: (preset: Preset) => void): Draft {
  const [draft, setDraft] = useState(preset);
  const pending = useRef<Preset | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const change = useRef(onChange);
  change.current = onChange;

  function store(): void {
    if (pending.current) change.current(pending.current);
    pending.current = undefined;
  }

  function edit(next: Preset): void {
    setDraft(next);
    pending.current = isSound(next) ? next : undefined;
    clearTimeout(timer.current);
    timer.current = setTimeout(store, STORE_AFTER_MS);
  }

  useEffect(() => {
    addEventListener('pagehide', store);
    return () => {
      removeEventListener('pagehide', store);
      store();
    };
  }, []);

  return {
    draft,
    edit,
    editField: (key, value) => edit(withField(draft, key, value)),
    flush: store,
    drop: () => {
      pending.current = undefined;
    },
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
