/** Whether something of the page covers an element of Descry in the top layer. */

/** What is ownHosts, and may lie over it. */
export type OwnHosts = Pick<ReadonlyMap<Element, unknown>, 'has'>;

export interface CoverWatch {
  isCovered(): boolean;
  /** Now, or a moment ago: a page may take its cover away as the press comes. */
  wasCovered(): boolean;
  /** Looks again, if the browser does not report changes. */
  look(): void;
  end(): void;
}

/** The least that Chromium allows. */
const DELAY_MS = 100;
/** More than both browsers take to notice, less than a person takes to see and press. */
const MOMENT_MS = 400;

/** Watches an element for as long as it exists. */
export function watchCover(host: HTMLElement, ownHosts: OwnHosts): CoverWatch {
  let now = false;
  let last = -Infinity;
  const found = (covered: boolean) => {
    if (now || covered) last = performance.now();
    now = covered;
  };
  const observer = tellsOfCovers() ? observe(host, found) : undefined;
  return {
    isCovered: () => now,
    wasCovered: () => now || performance.now() - last < MOMENT_MS,
    look: () => {
      if (!observer) found(isUnderneath(host, ownHosts));
    },
    end: () => observer?.disconnect(),
  };
}

/**
 * Chromium knows what it paints; Firefox does not tell.
 * https://w3c.github.io/IntersectionObserver/v2/
 */
function tellsOfCovers(): boolean {
  return (
    typeof IntersectionObserverEntry !== 'undefined' &&
    'isVisible' in IntersectionObserverEntry.prototype
  );
}

interface VisibilityOptions extends IntersectionObserverInit {
  trackVisibility: true;
  delay: number;
}

function observe(host: HTMLElement, found: (covered: boolean) => void): IntersectionObserver {
  const options: VisibilityOptions = { trackVisibility: true, delay: DELAY_MS };
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1);
    if (entry) found(entry.isIntersecting && Reflect.get(entry, 'isVisible') === false);
  }, options);
  observer.observe(host);
  return observer;
}

/** What else can be in the top layer, above all that only has a high `z-index`. */
const IN_TOP_LAYER = ':popover-open, :modal, :fullscreen';
/** How many elements of one cover are looked at. */
const MAX_PARTS = 300;
/** Where in an element to look, as shares of its width and height. */
const PLACES = [0.05, 0.35, 0.65, 0.95];

function isUnderneath(host: HTMLElement, ownHosts: OwnHosts): boolean {
  // Painted over everything, the top layer too, until it ends.
  if (matches(document.documentElement, ':active-view-transition')) return true;
  for (const cover of coversIn(document)) {
    if (!ownHosts.has(cover) && !cover.contains(host) && liesOver(cover, host, ownHosts))
      return true;
  }
  return false;
}

function* coversIn(root: Document | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(IN_TOP_LAYER)) yield element;
    const inner = shadowRootOf(element);
    if (inner) yield* coversIn(inner);
  }
}

/** Firefox gives extensions the closed ones, too. */
function shadowRootOf(element: Element): ShadowRoot | undefined {
  const inner: unknown = Reflect.get(element, 'openOrClosedShadowRoot') ?? element.shadowRoot;
  return inner instanceof ShadowRoot ? inner : undefined;
}

function matches(element: Element, selector: string): boolean {
  return CSS.supports(`selector(${selector})`) && element.matches(selector);
}

/**
 * Nothing tells the order of the top layer but what is hit, and a cover that lets the pointer
 * through is not hit: for as long as nothing is painted, it is made to be.
 */
function liesOver(cover: Element, host: HTMLElement, ownHosts: OwnHosts): boolean {
  const parts = [cover, ...cover.querySelectorAll('*')].slice(0, MAX_PARTS);
  const passed = parts.filter((part) => getComputedStyle(part).pointerEvents === 'none');
  const undo = passed.map(makeHit);
  const box = host.getBoundingClientRect();
  const points = [...gridOf(box), ...parts.flatMap((part) => middleOf(part, box))];
  const over = points.some(([x, y]) => {
    const hit = document.elementsFromPoint(x, y);
    return hit.slice(0, Math.max(0, hit.indexOf(host))).some((element) => !ownHosts.has(element));
  });
  for (const each of undo) each();
  return over;
}

type Point = readonly [x: number, y: number];

function gridOf({ left, top, width, height }: DOMRect): Point[] {
  return PLACES.flatMap((x) => PLACES.map((y) => [left + x * width, top + y * height] as const));
}

/** The middle of what an element shares with a box. */
function middleOf(part: Element, box: DOMRect): Point[] {
  const own = part.getBoundingClientRect();
  const [left, right] = [Math.max(own.left, box.left), Math.min(own.right, box.right)];
  const [top, bottom] = [Math.max(own.top, box.top), Math.min(own.bottom, box.bottom)];
  return left < right && top < bottom ? [[(left + right) / 2, (top + bottom) / 2]] : [];
}

function makeHit(element: Element): () => void {
  if (!('style' in element)) return () => {};
  const { style } = element as HTMLElement;
  const value = style.getPropertyValue('pointer-events');
  const priority = style.getPropertyPriority('pointer-events');
  const had = element.hasAttribute('style');
  style.setProperty('pointer-events', 'auto', 'important');
  return () => {
    style.setProperty('pointer-events', value, priority);
    if (!had) element.removeAttribute('style');
  };
}
