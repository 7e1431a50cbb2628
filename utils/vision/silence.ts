/** Gives up on who is silent: `fetch` waits for ever between two bytes, and so do browsers' models. */
import { AppError } from '../errors';
import type { VisionProvider } from './provider';

export interface SilenceTimer {
  /** Aborted once nothing was heard for the whole time. */
  signal: AbortSignal;
  /** Something was heard: count anew. */
  restart(): void;
  stop(): void;
}

/** Starts counting `milliseconds` of silence. */
export function startSilenceTimer(milliseconds: number): SilenceTimer {
  const controller = new AbortController();
  const count = () => setTimeout(() => controller.abort(), milliseconds);
  let timer = count();
  return {
    signal: controller.signal,
    restart() {
      clearTimeout(timer);
      timer = count();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/**
 * The same provider, given up after so much silence. For one that cannot be trusted to end when it
 * is told to: nothing waits for it any more.
 */
export function givenUpWhenSilent(provider: VisionProvider, milliseconds: number): VisionProvider {
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
