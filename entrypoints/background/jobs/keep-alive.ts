/** Holds the worker while jobs run, and no longer. */
import { browser } from 'wxt/browser';

/**
 * Under the 30 s after which both browsers end an idle background. A stream alone does not count as
 * activity, an extension API call does: measured in Chromium 156 and Firefox 153.
 */
const PULSE_MS = 20_000;

export interface KeepAlive {
  /** Holds the worker until the returned function is called. */
  hold(): () => void;
}

export function createKeepAlive(): KeepAlive {
  let holders = 0;
  let pulse: ReturnType<typeof setInterval> | undefined;

  function release(): void {
    holders -= 1;
    if (holders > 0) return;
    clearInterval(pulse);
    pulse = undefined;
  }

  return {
    hold() {
      holders += 1;
      pulse ??= setInterval(() => void browser.runtime.getPlatformInfo(), PULSE_MS);
      let released = false;
      return () => {
        if (!released) release();
        released = true;
      };
    },
  };
}
