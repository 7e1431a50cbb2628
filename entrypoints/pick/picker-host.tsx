/** Lets a person pick an image of the page, by pointer or by keys, or draw a rectangle. */
import { render } from 'preact';
import type { PickedImage } from '../../utils/page/page-image';
import { pageImages, imageAt, type FoundImage } from '../../utils/page/images';
import { boxInTab } from '../../utils/page/frame-offset';
import type { Box } from '../../utils/page/place';
import { nameOf } from './list-images';
import { Picker } from './picker';
import css from './picker.css?inline';
import { openTopLayer } from '../../utils/page/top-layer';
import { ifTrusted } from '../../utils/page/trusted-events';
import { coverWords } from '../../utils/browser/words/cover-words';
import { pickedImage, pickedRegion } from '../../utils/page/job-targets';

/** A pointer that moves further while it is pressed draws, in CSS pixels. */
const DRAW_FROM = 8;

export interface PickerHost {
  close(): void;
}

/**
 * Opens the picker over the page.
 *
 * @param onPicked called once with what was picked; not at all where the person leaves.
 */
export function openPicker(
  onPicked: (image: PickedImage) => void,
  onClosed: () => void,
): PickerHost {
  const before = document.activeElement;
  const modal = document.querySelector('dialog:modal');
  const { host, root } = openTopLayer('descry-picker', css, modal, coverWords());
  let images: FoundImage[] = [];
  let names: string[] = [];
  let stale = true;
  let current: FoundImage | undefined;
  let start: { x: number; y: number } | undefined;
  let region: Box | undefined;
  let missed = false;
  let scheduled = false;

  const later = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      update();
    });
  };
  // Pages load images as they are scrolled into view.
  const again = ifTrusted(() => {
    stale = true;
    later();
  });
  addEventListener('scroll', again, { capture: true, passive: true });
  addEventListener('resize', again);
  update();

  function look(): void {
    stale = false;
    images = pageImages();
    names = images.map(({ element }) => nameOf(element));
    current = images.find(({ element }) => element === current?.element);
  }

  function update(): void {
    if (stale) look();
    const choices = images.map(({ element, type }, at) => ({
      name: names[at] ?? '',
      type,
      box: boxInTab(element),
    }));
    render(
      <Picker
        choices={choices}
        current={images.findIndex(({ element }) => element === current?.element)}
        region={region}
        missed={missed}
        onStep={step}
        onTake={() => void take()}
        onLeave={close}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerDown}
        onPointerUp={onPointerUp}
      />,
      root,
    );
  }

  function step(to: number): void {
    current = images[to];
    missed = false;
    // In the middle, clear of our own bar and of bars that the page keeps at its edges.
    if (current && !isWellInView(boxInTab(current.element))) {
      current.element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    }
    update();
  }

  function onPointerMove({ clientX: x, clientY: y }: PointerEvent): void {
    if (start && Math.hypot(x - start.x, y - start.y) > DRAW_FROM)
      region = between(start, { x, y });
    else if (!start) current = imageAt(images, x, y, host);
    later();
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    start = { x: event.clientX, y: event.clientY };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }

  function onPointerUp({ clientX: x, clientY: y }: PointerEvent): void {
    if (!start) return;
    start = undefined;
    if (!region) current = imageAt(images, x, y, host);
    void take();
  }

  async function take(): Promise<void> {
    if (!region && !current) {
      missed = true;
      update();
      return;
    }
    const drawn = region;
    const chosen = current;
    close();
    if (drawn) onPicked(pickedRegion(drawn));
    else if (chosen) onPicked(await pickedImage(chosen));
  }

  function close(): void {
    removeEventListener('scroll', again, { capture: true });
    removeEventListener('resize', again);
    render(null, root);
    host.remove();
    onClosed();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  return { close };
}

/** With room for our bar. */
function isWellInView({ left, top, width, height }: Box): boolean {
  return top >= 0 && left >= 0 && top + height <= innerHeight - 90 && left + width <= innerWidth;
}

interface Point {
  x: number;
  y: number;
}

function between(a: Point, b: Point): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}
