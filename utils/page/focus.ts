/** Moves focus to an element that may not be focusable, such as an image, and leaves no trace. */

/**
 * Focuses the element, or the link or button around it, so that a screen reader continues from
 * there.
 */
export function focusElement(element: Element): void {
  const focusable = element.closest<HTMLElement>('a[href], button, [tabindex]');
  if (focusable) return focusable.focus();
  element.setAttribute('tabindex', '-1');
  (element as HTMLElement).focus({ preventScroll: true });
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
}
