/** Keeps Descry's elements from acting on events made by scripts, such as the page's. */

/** What our surfaces act on, or hand to the browser to act on. */
const ACTED_ON = `
  click dblclick auxclick contextmenu wheel
  pointerdown pointermove pointerup pointercancel pointerover pointerout pointerenter pointerleave
  gotpointercapture lostpointercapture
  mousedown mousemove mouseup mouseover mouseout mouseenter mouseleave
  touchstart touchmove touchend touchcancel
  keydown keypress keyup beforeinput input change submit reset select
  compositionstart compositionupdate compositionend
  dragstart drag dragenter dragover dragleave drop dragend
  copy cut paste focus blur focusin focusout toggle scroll
`
  .trim()
  .split(/\s+/);

/** What a person does, of which a form's sending may come. */
const BY_HAND = new Set(['keydown', 'click']);
/** `requestSubmit()` of a page's script sends a trusted event, with no hand before it. */
const SENT_WITHIN_MS = 1_000;

/**
 * Stops what is not from the person, before anything below `root` hears of it. A page that has come
 * by one of our elements (Firefox names them in its events) gains nothing by clicking it.
 */
export function guardRoot(root: ShadowRoot): void {
  let lastByHand = -Infinity;
  for (const type of ACTED_ON) {
    root.addEventListener(
      type,
      (event) => {
        if (event.isTrusted && BY_HAND.has(type)) lastByHand = event.timeStamp;
        const alone = type === 'submit' && event.timeStamp - lastByHand > SENT_WITHIN_MS;
        if (!event.isTrusted || alone) stop(event);
      },
      { capture: true },
    );
  }
}

/** A listener for what a page can reach, such as its window. */
export function ifTrusted(listener: () => void): (event: Event) => void {
  return (event) => {
    if (event.isTrusted) listener();
  };
}

/** The browser does nothing of its own either: a click would send a form, or turn a switch. */
export function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
