/** Says when nobody stands behind a card any more: Descry was updated, reloaded or removed. */
import { browser } from 'wxt/browser';

/** Far below the delay in `cut-off.css`, and rare enough to cost nothing. */
const BEAT_MS = 2_000;

/** The name of the animations in `cut-off.css`. */
const ANIMATION = /^cut-off/;

/**
 * Keeps the words hidden that say so, for as long as this script lives. Firefox ends the scripts of
 * an extension that goes, without a word to them, and leaves the card: then CSS alone shows the
 * words. Chromium leaves the script and takes the extension's functions away.
 *
 * @returns `end`: the card is closed.
 */
export function startPulse(root: ShadowRoot): { end: () => void } {
  function beat(): void {
    // Gone, once the extension is: then even our own words cannot be had any more.
    if (browser.runtime?.id) setTimes(0);
    else cutOff();
  }

  function setTimes(time: CSSNumberish): void {
    for (const animation of root.getAnimations()) {
      const isOurs = animation instanceof CSSAnimation && ANIMATION.test(animation.animationName);
      if (isOurs) animation.currentTime = time;
    }
  }

  function cutOff(): void {
    end();
    setTimes(LONG_OVER_MS);
  }

  function end(): void {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', beat);
  }

  const timer = setInterval(beat, BEAT_MS);
  // Timers of a hidden tab are late, and its animations are not.
  document.addEventListener('visibilitychange', beat);
  return { end };
}

const LONG_OVER_MS = 60_000;
