/** A timer that gives up on a silent server: `fetch` itself waits for ever between two bytes. */

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
