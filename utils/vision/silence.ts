/** A timer that gives up on a silent server: `fetch` itself waits for ever between two bytes. */
import { AppError } from '../errors';

export interface SilenceTimer {
  /** Aborted, with an `AppError` as its reason, once nothing was heard for too long. */
  signal: AbortSignal;
  /** Something was heard: count anew. */
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
