/** Stands a card on the page: a closed shadow root of its own in the top layer, near its image. */
import { render } from 'preact';
import type { Anchor, CardEvents, CardHost } from '../../components/job/card-host';
import type { JobPort } from '../../components/job/job-port';
import type { Job } from '../../utils/core/jobs/job';
import { stateOf } from '../../utils/core/jobs/turns';
import { focusElement } from '../../utils/page/focus';
import {
  keepInView,
  placeCard,
  type Box,
  type Neighbours,
  type Size,
} from '../../utils/page/place';
import { Card } from './card';
import { startPulse } from './pulse';
import css from './card.css?inline';
import {
  canDraw,
  drawThumbnail,
  showIfLarge,
  sizeOf,
  thumbnailUrl,
} from '../../utils/page/draw-thumbnail';
import { openTopLayer } from '../../utils/page/top-layer';
import { ifTrusted } from '../../utils/page/trusted-events';
import { coverWords } from '../../utils/browser/words/cover-words';

/** The card's width, and the height it grows to, as `card.css` has them. In CSS pixels. */
const CARD = { width: 360, height: 480, heightShare: 0.6 };

/** The card is on the screen by then: it must not wait until its image is drawn and copied. */
const AFTER_PAINT_MS = 50;

/** Opens a card for a job beside its image, or at the top right where that has no place. */
export function openCard(
  first: Job,
  { element: anchor, box: anchorBox }: Anchor,
  neighbours: Neighbours,
  port: JobPort,
  events: CardEvents,
): CardHost {
  let job = first;
  let draw = drawFor(first);
  let moved = false;
  const modal = anchor?.closest('dialog:modal') ?? null;
  const { host, root, setStyle } = openTopLayer('descry-card', css, modal, coverWords());
  const size = { width: CARD.width, height: Math.min(CARD.height, innerHeight * CARD.heightShare) };
  moveTo(placeCard(anchorBox, size, viewport(), neighbours));
  update();

  const clamp = () => moveTo(keepInView(box(), viewport()));
  const onResize = ifTrusted(clamp);
  addEventListener('resize', onResize);
  // With a second answer it is larger than the place that was chosen for it.
  const growth = new ResizeObserver(clamp);
  growth.observe(host);
  startPulse(root);
  closeWithoutUs();
  focus();

  function update(): void {
    render(
      <Card
        job={job}
        drawThumbnail={draw}
        port={port}
        onClose={close}
        onDragStart={drag}
        onMoveBy={moveBy}
      />,
      root,
    );
  }

  /** Lets the browser itself hide the card by its button, should this script be ended before it. */
  function closeWithoutUs(): void {
    const button = root.querySelector<HTMLButtonElement>('.card-head button:last-child');
    if (!button) return;
    button.popoverTargetElement = host;
    button.popoverTargetAction = 'hide';
  }

  /** The same function as long as the job is the same: a new one would draw on every word. */
  function drawFor({ id, thumbnail }: Job): ((canvas: HTMLCanvasElement) => void) | undefined {
    if (!canDraw(anchor)) return undefined;
    return (canvas) => {
      setTimeout(() => {
        const isLarge = showIfLarge(canvas, anchor);
        if (!isLarge) drawThumbnail(canvas, anchor);
        // Of a large image, the background makes one from what it sends.
        const drawn = thumbnail || isLarge ? undefined : thumbnailUrl(canvas);
        events.onSeen(id, { size: sizeOf(anchor), ...(drawn ? { thumbnail: drawn } : {}) });
      }, AFTER_PAINT_MS);
    };
  }

  function close(): void {
    const hadFocus = document.activeElement === host;
    removeEventListener('resize', onResize);
    growth.disconnect();
    render(null, root);
    host.remove();
    events.onClosed();
    if (hadFocus && anchor?.isConnected) focusElement(anchor);
  }

  function focus(): void {
    const place = stateOf(job).status === 'asking' ? '.ask textarea' : '[role="dialog"]';
    root.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
  }

  function box(): Box {
    const { left, top, width, height } = host.getBoundingClientRect();
    return { left, top, width, height };
  }

  function moveTo({ left, top }: { left: number; top: number }): void {
    setStyle({ left: `${left}px`, top: `${top}px` });
  }

  function moveBy(dx: number, dy: number): void {
    moved = true;
    const now = box();
    const wanted = { ...now, left: now.left + dx, top: now.top + dy };
    moveTo(keepInView(wanted, viewport()));
  }

  function drag(start: PointerEvent): void {
    let last = start;
    const onMove = (event: PointerEvent) => {
      moveBy(event.clientX - last.clientX, event.clientY - last.clientY);
      last = event;
    };
    const handle = start.currentTarget as HTMLElement;
    handle.setPointerCapture(start.pointerId);
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', onMove),
      {
        once: true,
      },
    );
  }

  return {
    show(next) {
      if (next.id !== job.id) draw = drawFor(next);
      job = next;
      update();
    },
    focus,
    close,
    isMoved: () => moved,
    isStanding: () => host.isConnected,
    box,
  };
}

function viewport(): Size {
  return { width: innerWidth, height: innerHeight };
}
