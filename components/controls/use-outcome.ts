/**
 * The outcome of an action, shown for a moment: afterwards the action can be repeated and announced
 * again.
 */
import { useEffect, useState } from 'preact/hooks';

/** How long a control shows the outcome before it offers the action again. */
const SAID_FOR_MS = 2_000;

export type Outcome = 'copied' | 'failed';

/** `undefined` before and after; `run` never rejects. */
export function useOutcome(): [Outcome | undefined, (copy: () => Promise<boolean>) => void] {
  const [outcome, setOutcome] = useState<Outcome>();

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function run(copy: () => Promise<boolean>): Promise<void> {
    const copied = await copy().catch(() => false);
    setOutcome(copied ? 'copied' : 'failed');
  }

  return [outcome, (copy) => void run(copy)];
}
