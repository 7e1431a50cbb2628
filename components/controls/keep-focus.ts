/** Keeps the focus in a group of controls when the focused one is taken away. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Moves the focus to the group's first button if `change` took the focused one away; without
 * this it would fall to the page. Give what it returns to the group as `onFocusIn`.
 */
export function useKeepFocus(
  group: RefObject<HTMLElement | null>,
  change: unknown,
): (event: FocusEvent) => void {
  const last = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const element = group.current;
    if (!element || !last.current || last.current.isConnected) return;
    last.current = null;
    const root = element.getRootNode() as Document | ShadowRoot;
    // Only where nothing else has the focus: the person may have moved on.
    if (!root.activeElement || root.activeElement === document.body) {
      element.querySelector('button')?.focus({ preventScroll: true });
    }
  }, [group, change]);

  return (event) => {
    last.current = event.target instanceof Element ? event.target : null;
  };
}
