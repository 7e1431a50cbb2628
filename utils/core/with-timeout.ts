/** Work that is waited for no longer than it is worth. */
import { AppError } from './errors';

/** What the work gives. @throws what the work throws, or the signal's reason once it is aborted. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * What the work gives; `undefined` where that takes longer than so many milliseconds.
 *
 * @throws what the work throws, or the signal's reason once it is aborted.
 */
export async function withTimeout<T>(
  work: Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    const first = Promise.race([work, late]);
    return await (signal ? untilAborted(first, signal) : first);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What the work gives within so many milliseconds; then its signal is aborted.
 *
 * @throws what the work throws. @throws {AppError} `timedOut`
 */
export async function withDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new AppError('timedOut')), milliseconds);
  try {
    return await untilAborted(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
