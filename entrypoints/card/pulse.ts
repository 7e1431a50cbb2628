/** Keeps a card from saying that Descry is gone for as long as it is there: not updated, not removed. */
import { browser } from 'wxt/browser';

/** The animations in `cut-off.css`: each the other's next. */
const NEXT: Readonly<Record<string, string>> = {
  'cut-off': 'cut-off-again',
  'cut-off-again': 'cut-off',
};

/**
 * Begins the next animation as one ends. A browser tells of that end before it draws the frame, and
 * before it tells a screen reader: however long a page stood still or was hidden, nothing is seen or
 * heard of it. Another animation rather than the same one set back, whose next end Firefox does not
 * tell where no frame comes in between. Firefox ends the scripts of an extension that goes, and
 * Chromium takes the extension's functions away from them: then no next one begins.
 */
export function startPulse(root: ShadowRoot): void {
  root.addEventListener('animationstart', (event) => {
    const next = NEXT[(event as AnimationEvent).animationName];
    if (next && browser.runtime?.id) (event.target as HTMLElement).style.animationName = next;
  });
}
