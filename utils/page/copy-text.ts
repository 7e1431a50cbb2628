/** Puts text on the clipboard, also on pages where the modern way is closed. */

/**
 * Copies text inside a click. False where the browser refuses.
 *
 * `navigator.clipboard` is missing on http pages and refused by some permission policies; the old
 * command works wherever a person has just clicked.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

function copyByCommand(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('copy', put, { capture: true, once: true });
  // oxlint-disable-next-line typescript/no-deprecated -- the only way on http pages
  const copied = document.execCommand('copy');
  removeEventListener('copy', put, { capture: true });
  return copied;
}
