/** An element of Descry above everything on the page, out of the page's reach. */
import { guardPresses } from './press-guard';
import { randomId } from './random-id';
import { guardRoot } from './trusted-events';

declare global {
  /** What Descry has put into this page, whichever of its scripts did. */
  var descryHosts: Map<HTMLElement, SetStyle> | undefined;
}

/** Sets a property of a host where the page cannot: by a rule of the shadow root. */
type SetStyle = (properties: Readonly<Record<string, string>>) => void;

globalThis.descryHosts ??= new Map();
const hosts: Map<HTMLElement, SetStyle> = globalThis.descryHosts;

export interface TopLayer {
  host: HTMLElement;
  root: ShadowRoot;
  setStyle: SetStyle;
}

/** What is shown when the page covers it and a press is ignored. */
export interface CoverWords {
  text: string;
  /** Their language, as a BCP 47 tag. */
  language: string;
}

/**
 * Opens a host with a closed shadow root in the top layer: the page can neither read the words nor
 * press the buttons, and no z-index, transform or filter of its own reaches it.
 *
 * @param within an open modal dialog: everything outside of one is inert, ownHosts included.
 * @param covered absent for what takes no presses.
 */
export function openTopLayer(
  name: string,
  css: string,
  within: Element | null,
  covered?: CoverWords,
): TopLayer {
  const host = element(name);
  const root = host.attachShadow({ mode: 'closed' });
  guardRoot(root);
  // Put there by us, not by the page: its CSP has no say over a style in our shadow root.
  root.append(styleOf(withSecretNames(css)));
  const own = styleOf('');
  root.append(own);
  const properties = new Map<string, string>();
  const setStyle: SetStyle = (changed) => {
    for (const [key, value] of Object.entries(changed)) properties.set(key, value);
    const all = [...properties].map(([key, value]) => `${key}: ${value} !important`);
    own.textContent = `:host { ${all.join('; ')} }`;
  };
  host.popover = 'manual';
  (within ?? document.documentElement).append(host);
  host.showPopover();
  for (const each of hosts.keys()) if (!each.isConnected) hosts.delete(each);
  hosts.set(host, setStyle);
  for (const type of ['focusin', 'focusout'] as const) {
    // A page's focus trap must not pull the focus away.
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  if (covered) {
    const raise = () => {
      host.hidePopover();
      host.showPopover();
    };
    const onStillCovered = () => say(root, covered);
    guardPresses({ host, root, ownHosts: hosts, raise, onStillCovered });
  }
  return { host, root, setStyle };
}

/** Makes all that is ownHosts invisible without taking its focus, and gives the way back. */
export function hideHosts(): () => void {
  const set = (opacity: string) => {
    for (const setStyle of hosts.values()) setStyle({ opacity });
  };
  set('0');
  return () => set('1');
}

/** Screen readers miss a live region that is inserted together with its text. */
const HEARD_AFTER_MS = 150;
const SAID_FOR_MS = 7_000;

function say(root: ShadowRoot, { text, language }: CoverWords): void {
  if (root.querySelector('.cover-words')) return;
  const box = element('p');
  box.className = 'cover-words';
  box.role = 'status';
  box.lang = language;
  box.dir = 'auto';
  root.append(box);
  setTimeout(() => (box.textContent = text), HEARD_AFTER_MS);
  setTimeout(() => box.remove(), SAID_FOR_MS);
}

/**
 * A page may register the name of a custom property for all trees in it (`@property`), and so decide
 * on its value: it cannot know these names.
 */
function withSecretNames(css: string): string {
  return css.replaceAll('--dy-', `--dy-${randomId()}-`);
}

function styleOf(css: string): HTMLElement {
  const style = element('style');
  style.textContent = css;
  return style;
}

/** In a document of another kind, too, such as an SVG. */
function element(name: string): HTMLElement {
  return document.createElementNS('http://www.w3.org/1999/xhtml', name);
}
