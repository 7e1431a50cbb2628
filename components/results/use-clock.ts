/** The time, for "5 minutes ago". */
import { useEffect, useState } from 'preact/hooks';

/** "5 minutes ago" needs no finer clock. */
const CLOCK_MS = 30_000;

export function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
