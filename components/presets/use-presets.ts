/**
 * The person's presets as they are edited: each change is sent at once, and shown before it is
 * stored.
 */
import pLimit from 'p-limit';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorCode, Result } from '../../utils/core/errors';
import { callBackground } from '../../utils/browser/messaging/call-background';
import type { PresetList } from '../../utils/core/prompts/preset';
import { changedPresets, type PresetChange } from '../../utils/core/prompts/preset-change';
import {
  localizedBuiltins,
  readPresets,
  watchPresets,
} from '../../utils/browser/settings/settings';

export interface Presets {
  /** As stored, with the changes that are on their way; `undefined` until it has been read. */
  list: PresetList | undefined;
  /** How the last change went; `undefined` before the first. */
  saved: 'saving' | 'saved' | 'failed' | undefined;
  /** Why it failed. */
  problem?: ErrorCode | undefined;
  onChange: (change: PresetChange) => void;
}

/** A change that is not known to be stored. */
interface Unstored {
  change: PresetChange;
  isSent: boolean;
}

export function usePresets(): Presets {
  const [list, setList] = useState<PresetList>();
  const [saved, setSaved] = useState<Presets['saved']>();
  const [problem, setProblem] = useState<ErrorCode>();
  const queue = useRef(pLimit(1));
  const stored = useRef<PresetList | undefined>(undefined);
  const unstored = useRef<readonly Unstored[]>([]);

  function show(): void {
    const builtins = localizedBuiltins();
    if (!stored.current) return;
    setList(
      unstored.current.reduce(
        (now, each) => changedPresets(now, each.change, builtins),
        stored.current,
      ),
    );
  }

  /** Reads what is stored; a change that is stored, or never can be, no longer counts on top. */
  async function read(done?: Unstored): Promise<void> {
    await queue.current(async () => {
      stored.current = await readPresets();
      unstored.current = unstored.current.filter((each) => each !== done);
      show();
    });
  }

  useEffect(() => {
    void read();
    return watchPresets(() => void read());
  }, []);

  async function send(each: Unstored): Promise<void> {
    each.isSent = true;
    const answer = await callBackground('presets.change', { change: each.change });
    const code = problemIn(answer);
    if (code) setProblem(code);
    // What could not be stored stays as typed, and is stored with the next change.
    if (code === 'storageFailed') each.isSent = false;
    else await read(each);
    if (code) setSaved('failed');
    else if (unstored.current.length === 0) setSaved((now) => (now === 'failed' ? now : 'saved'));
  }

  function change(next: PresetChange): void {
    unstored.current = [...unstored.current, { change: next, isSent: false }];
    show();
    setSaved('saving');
    // At once, and in their order: the popup may close at any moment.
    for (const each of unstored.current) if (!each.isSent) void send(each);
  }

  return { list, saved, problem, onChange: change };
}

/** If the background did not answer, nothing was stored. */
function problemIn(answer: Result<void>): ErrorCode | undefined {
  if (answer.ok) return undefined;
  return answer.code === 'interrupted' ? 'storageFailed' : answer.code;
}
