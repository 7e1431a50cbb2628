/** Puts a text into the field that a person is editing. */

/**
 * Inserts at the caret, in place of what is selected, as if it were typed: the page's own scripts
 * hear of it, and its undo takes it back. False where nothing that takes text has the focus.
 *
 * Injected into a page as a function, so it uses nothing from outside.
 */
export function insertText(text: string): boolean {
  let field: Element | null = document.activeElement;
  while (field?.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    if (field.disabled || field.readOnly) return false;
  } else if (!(field instanceof HTMLElement && field.isContentEditable)) {
    return false;
  }
  // Deprecated without a successor: setting `value` is not heard by frameworks and cannot be undone.
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  return document.execCommand('insertText', false, text);
}
