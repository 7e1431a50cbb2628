/** The position of an element in the tab's viewport, also inside frames. */
import type { Box } from './place';

/** The element's box in the top viewport, in CSS pixels. Frames of another origin end the walk. */
export function boxInTab(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  const frame = element.ownerDocument.defaultView?.frameElement;
  if (!frame) return { left, top, width, height };
  const outer = boxInTab(frame);
  return {
    left: outer.left + frame.clientLeft + left,
    top: outer.top + frame.clientTop + top,
    width,
    height,
  };
}
