/** Which failures are tried again without being asked, and after how long. */
import { ERRORS, type Failure } from '../../../utils/core/errors';

/** The first try counts. */
export const MAX_ATTEMPTS = 3;

/** A longer wait is the person's to decide. */
const MAX_WAIT_MS = 60_000;

/**
 * How long to wait before another try, in milliseconds, or `undefined` where another try is not
 * for us to make: the failure will not pass, the tries are used up, or the server asks for more
 * than a minute.
 *
 * @param attempt the try that failed, from 1.
 */
export function retryDelay(failure: Failure, attempt: number): number | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  if (!('retried' in ERRORS[failure.code])) return undefined;
  const asked = failure.retryAfterMs ?? 1000 * 2 ** (attempt - 1);
  return asked <= MAX_WAIT_MS ? asked : undefined;
}

/**
 * Waits so many milliseconds.
 *
 * @throws the signal's reason when it is aborted first.
 */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
  signal.throwIfAborted();
}
