/**
 * Gives up on who is silent: `fetch` waits for ever between two bytes, and so do browsers' models.
 */
import { AppError } from '../errors';
import type { VisionProvider } from './provider';

export interface SilenceTimer {
  /** Aborted, with an `AppError` as its reason, once nothing has arrived for too long. */
  signal: AbortSignal;
  /** Something arrived: start counting again. */
  restart(): void;
  stop(): void;
}

/** Without a network, nothing more is to be expected; a moment's gap is no end. */
const OFFLINE_MS = 3_000;
const LOOK_MS = 1_000;

/**
 * Starts counting `milliseconds` of silence, after which it is `timedOut`. Where `isOffline` says
 * so, three seconds are enough, and it is `offline`: a connection that the network has left is not
 * closed, it says nothing for ever.
 */
export function startSilenceTimer(
  milliseconds: number,
  isOffline: () => boolean = () => false,
): SilenceTimer {
  const controller = new AbortController();
  const count = () => setTimeout(() => controller.abort(new AppError('timedOut')), milliseconds);
  let timer = count();
  let offline = 0;
  const looking = setInterval(() => {
    offline = isOffline() ? offline + LOOK_MS : 0;
    if (offline >= OFFLINE_MS) controller.abort(new AppError('offline'));
  }, LOOK_MS);
  return {
    signal: controller.signal,
    restart() {
      clearTimeout(timer);
      timer = count();
      offline = 0;
    },
    stop() {
      clearTimeout(timer);
      clearInterval(looking);
    },
  };
}

/**
 * The same provider, given up after so much silence. For one that cannot be trusted to end when it
 * is told to: nothing waits for it any more.
 */
export function withSilenceLimit(provider: VisionProvider, milliseconds: number): VisionProvider {
  return {
    ...provider,
    async *describe(request, signal) {
      signal.throwIfAborted();
      const silence = startSilenceTimer(milliseconds);
      const signals = AbortSignal.any([signal, silence.signal]);
      const { promise: over, reject } = Promise.withResolvers<never>();
      signals.addEventListener('abort', () => reject(new AppError('timedOut')));
      const events = provider.describe(request, signals)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await Promise.race([events.next(), over]);
          if (next.done === true) return;
          silence.restart();
          yield next.value;
        }
      } catch (error) {
        signal.throwIfAborted();
        if (silence.signal.aborted) throw new AppError('timedOut', {}, { cause: error });
        throw error;
      } finally {
        silence.stop();
        // It may never come to an end.
        void events.return?.().catch(() => undefined);
      }
    },
  };
}
