/** Lets a person pick a picture of the page, by pointer or by keys, or draw a rectangle. */
import { render } from 'preact';
import type { PickedPicture } from '../../utils/page/picture';
import { pagePictures, pictureAt, type FoundPicture } from '../../utils/page/pictures';
import { boxInTab } from '../../utils/page/frame-offset';
import type { Box } from '../../utils/page/place';
import { nameOf } from './list-pictures';
import { Picker } from './picker';
import css from './picker.css?inline';
import { openTopLayer } from '../../utils/page/top-layer';
import { ifTrusted } from '../../utils/page/trusted-events';
import { coverWords } from '../../components/cover-words';
import { pickedPicture, pickedRegion } from '../../utils/page/targets';

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
  onPicked: (picture: PickedPicture) => void,
  onClosed: () => void,
): PickerHost {
  const before = document.activeElement;
  const modal = document.querySelector('dialog:modal');
  const { host, root } = openTopLayer('descry-picker', css, modal, coverWords());
  let pictures: FoundPicture[] = [];
  let names: string[] = [];
  let stale = true;
  let current: FoundPicture | undefined;
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
  // Pages load pictures as they are scrolled into view.
  const again = ifTrusted(() => {
    stale = true;
    later();
  });
  addEventListener('scroll', again, { capture: true, passive: true });
  addEventListener('resize', again);
  update();

  function look(): void {
    stale = false;
    pictures = pagePictures();
    names = pictures.map(({ element }) => nameOf(element));
    current = pictures.find(({ element }) => element === current?.element);
  }

  function update(): void {
    if (stale) look();
    const choices = pictures.map(({ element, type }, at) => ({
      name: names[at] ?? '',
      type,
      box: boxInTab(element),
    }));
    render(
      <Picker
        choices={choices}
        current={pictures.findIndex(({ element }) => element === current?.element)}
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
    current = pictures[to];
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
    else if (!start) current = pictureAt(pictures, x, y, host);
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
    if (!region) current = pictureAt(pictures, x, y, host);
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
    else if (chosen) onPicked(await pickedPicture(chosen));
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
