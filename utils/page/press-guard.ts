/** Ignores presses on Descry's elements while the page covers them. */
import { watchCover, type OwnHosts } from './cover';
import { stop } from './trusted-events';

/** All that one press is made of. */
const PRESS = [
  'pointerdown',
  'mousedown',
  'touchstart',
  'pointerup',
  'mouseup',
  'touchend',
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
];
/** How often to check for covers while the pointer is there. */
const LOOK_MS = 200;
/** Two that raise themselves over each other must not flicker. */
const RAISE_AGAIN_MS = 1_000;
/** After a raise, Chromium takes two frames and a tenth of a second to tell. */
const SAID_AFTER_MS = 500;

interface PressGuardOptions {
  host: HTMLElement;
  root: ShadowRoot;
  ownHosts: OwnHosts;
  /** Puts it above everything again. */
  raise: () => void;
  /** Called when a press was ignored and the element is still covered. */
  onStillCovered: () => void;
}

/** Guards an element for as long as it exists. Keys need no aim: they always act. */
export function guardPresses({
  host,
  root,
  ownHosts,
  raise,
  onStillCovered,
}: PressGuardOptions): void {
  const watch = watchCover(host, ownHosts);
  let refused = false;
  let raisedAt = -Infinity;

  const timer = setInterval(() => {
    if (!host.isConnected) {
      clearInterval(timer);
      watch.end();
    } else if (host.matches(':hover')) {
      watch.look();
      if (watch.isCovered() && performance.now() - raisedAt > RAISE_AGAIN_MS) up();
    }
  }, LOOK_MS);

  function up(): void {
    raisedAt = performance.now();
    raise();
  }

  function onPress(event: Event): void {
    const begins = event.type === 'pointerdown';
    if (begins) refused = false;
    // A click by Enter or by a screen reader.
    if (event instanceof UIEvent && event.type === 'click' && event.detail === 0) return;
    if (!refused) {
      watch.look();
      refused = watch.wasCovered();
      if (!refused) return;
      up();
      setTimeout(() => {
        watch.look();
        if (watch.isCovered() && host.isConnected) onStillCovered();
      }, SAID_AFTER_MS);
    }
    stop(event);
  }

  for (const type of PRESS) {
    root.addEventListener(type, onPress, { capture: true, passive: false });
  }
}
