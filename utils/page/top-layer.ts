/** An element of ours above everything on the page, out of the page's reach. */

declare global {
  /** What stands in this page of ours, whichever script of ours has put it there. */
  var descryHosts: Set<HTMLElement> | undefined;
}

globalThis.descryHosts ??= new Set();
const hosts: Set<HTMLElement> = globalThis.descryHosts;

export interface TopLayer {
  host: HTMLElement;
  root: ShadowRoot;
}

/**
 * Opens a host with a closed shadow root in the top layer: the page can neither read the words nor
 * press the buttons, and no z-index, transform or filter of its own reaches it.
 *
 * @param within an open modal dialog: everything outside of one is inert, ours included.
 */
export function openTopLayer(name: string, css: string, within: Element | null): TopLayer {
  const host = document.createElementNS('http://www.w3.org/1999/xhtml', name);
  const root = host.attachShadow({ mode: 'closed' });
  // Put there by us, not by the page: its CSP has no say over a style in our shadow root.
  const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
  style.textContent = css;
  root.append(style);
  host.popover = 'manual';
  (within ?? document.documentElement).append(host);
  host.showPopover();
  for (const each of hosts) if (!each.isConnected) hosts.delete(each);
  hosts.add(host);
  for (const type of ['focusin', 'focusout'] as const) {
    // A page's focus trap must not pull the focus away.
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  return { host, root };
}

/** Makes all that is ours invisible without taking its focus, and gives the way back. */
export function hideHosts(): () => void {
  const set = (value: string) => {
    for (const host of hosts) host.style.setProperty('--descry-opacity', value, 'important');
  };
  set('0');
  return () => set('1');
}
