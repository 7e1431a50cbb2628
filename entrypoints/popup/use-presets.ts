/** The person's presets as the popup edits them: each change is stored at once. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PresetList } from '../../utils/prompts/preset';
import { readPresets, savePresets, watchPresets } from '../../utils/settings/settings';

export interface Presets {
  /** `undefined` until it has been read. */
  list: PresetList | undefined;
  /** How the last change went; `undefined` before the first. */
  saved: 'saving' | 'saved' | 'failed' | undefined;
  onChange: (list: PresetList) => void;
}

export function usePresets(): Presets {
  const [list, setList] = useState<PresetList>();
  const [saved, setSaved] = useState<Presets['saved']>();
  const latest = useRef<PresetList | undefined>(undefined);

  useEffect(() => {
    async function read(): Promise<void> {
      const stored = await readPresets();
      // The storage also tells of our own changes, perhaps after a newer one was typed.
      if (latest.current) return;
      setList(stored);
    }
    void read();
    return watchPresets(() => void read());
  }, []);

  async function change(next: PresetList): Promise<void> {
    latest.current = next;
    setList(next);
    setSaved('saving');
    try {
      await savePresets(next);
      if (latest.current === next) setSaved('saved');
    } catch (error) {
      console.error(error);
      if (latest.current === next) setSaved('failed');
    }
  }

  return { list, saved, onChange: (next) => void change(next) };
}
