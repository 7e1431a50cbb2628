/**
 * Moves a line of a list by its grip, with a mouse, a pen or a finger. Keys have buttons for it.
 */
import { useEffect, useState } from 'preact/hooks';

interface Drag {
  id: string;
  from: number;
  to: number;
}

interface DragList {
  /** Where a line is on its way to; `undefined` while none is. */
  drag: Drag | undefined;
  /** The handlers of a row's grip. */
  grip: (
    id: string,
    at: number,
  ) => Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp', (event: PointerEvent) => void> & {
    onPointerCancel: () => void;
  };
}

export function useDrag(onDrop: (id: string, to: number) => void): DragList {
  const [drag, setDrag] = useState<Drag>();

  useEffect(() => {
    if (!drag) return undefined;
    function cancel(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return;
      // The popup itself would close with it.
      event.preventDefault();
      setDrag(undefined);
    }
    addEventListener('keydown', cancel);
    return () => removeEventListener('keydown', cancel);
  }, [drag]);

  return {
    drag,
    grip: (id, at) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        // Otherwise the text around it would be selected.
        event.preventDefault();
        gripOf(event).setPointerCapture(event.pointerId);
        setDrag({ id, from: at, to: at });
      },
      onPointerMove(event) {
        if (drag?.id !== id) return;
        const lines = linesAround(gripOf(event));
        const to = lines.filter(
          (line, each) => each !== at && middleOf(line) < event.clientY,
        ).length;
        if (to === drag.to) return;
        setDrag({ ...drag, to });
        lines[to]?.scrollIntoView({ block: 'nearest' });
      },
      onPointerUp() {
        if (drag?.id !== id) return;
        setDrag(undefined);
        if (drag.to !== drag.from) onDrop(id, drag.to);
      },
      onPointerCancel: () => setDrag(undefined),
    }),
  };
}

function gripOf(event: PointerEvent): Element {
  return event.currentTarget as Element;
}

function linesAround(grip: Element): Element[] {
  return [...(grip.closest('ul')?.children ?? [])];
}

function middleOf(line: Element): number {
  const { top, height } = line.getBoundingClientRect();
  return top + height / 2;
}
