/** How a deed went, said for a moment: it can then be done, and heard of, once more. */
import { useEffect, useState } from 'preact/hooks';

/** How long a control speaks of the past before it offers its deed again. */
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
