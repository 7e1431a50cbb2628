/** The outcome of a change: announced, and focused if the button that was pressed is gone. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { errorCode } from '../../utils/core/errors';
import { errorSentences } from '../../utils/browser/words/error-words';
import { CheckIcon } from './icons';

interface Said {
  words: string;
  failed: boolean;
}

/** What to show, and the way to do something and say how it went. */
export function useDone(): {
  said: Said | undefined;
  /** Does it; what it says in the end stays until the next. True where it went well. */
  run: (work: Promise<unknown>, words: string) => Promise<boolean>;
  clear: () => void;
} {
  const [said, setSaid] = useState<Said>();

  async function run(work: Promise<unknown>, words: string): Promise<boolean> {
    setSaid(undefined);
    try {
      await work;
      setSaid({ words, failed: false });
      return true;
    } catch (error) {
      setSaid({ words: errorSentences(errorCode(error)), failed: true });
      return false;
    }
  }

  return { said, run, clear: () => setSaid(undefined) };
}

export function Announcement({ said }: { said: Said | undefined }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (said) place.current?.focus();
  }, [said]);
  return (
    <p ref={place} role="status" tabIndex={-1}>
      {said &&
        (said.failed ? (
          <span class="field-problem">{said.words}</span>
        ) : (
          <span class="saved">
            <CheckIcon />
            {said.words}
          </span>
        ))}
    </p>
  );
}
