/** Asks for confirmation before something is deleted, and moves the focus there and back. */
import { useEffect, useRef, useState } from 'preact/hooks';

export function useConfirmation() {
  const [asking, setAsking] = useState<boolean>();
  /** For what leads to the question, and for what leads back: only one of them is there. */
  const focused = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking !== undefined) focused.current?.focus();
  }, [asking]);
  return { asking: asking === true, setAsking, focused };
}
