/** Walks a page as a person sees it: through open shadow roots and frames of its own origin. */

/** All elements below `root` that match, in the order of the page. */
export function* elementsIn(root: Document | ShadowRoot, selector = '*'): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector)) yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot, selector);
    const inner = documentOf(element);
    if (inner) yield* elementsIn(inner, selector);
  }
}

/**
 * What lies at a point of the viewport, topmost first, through shadow roots and readable frames.
 *
 * @param x in CSS pixels of `root`'s own viewport.
 */
export function elementsAt(root: Document | ShadowRoot, x: number, y: number): Element[] {
  const found = new Set<Element>();
  for (const element of root.elementsFromPoint(x, y)) {
    // Some browsers name the host's own tree again from within a shadow root.
    if (element.getRootNode() !== root) continue;
    for (const inner of elementsWithin(element, x, y)) found.add(inner);
    found.add(element);
  }
  return [...found];
}

/** What lies at the point inside an element's shadow root or frame. */
function elementsWithin(element: Element, x: number, y: number): Element[] {
  if (element.shadowRoot) return elementsAt(element.shadowRoot, x, y);
  const inner = documentOf(element);
  if (!inner) return [];
  const { left, top } = element.getBoundingClientRect();
  return elementsAt(inner, x - left - element.clientLeft, y - top - element.clientTop);
}

/** The element around another, out of shadow roots and readable frames. */
function parentOf(element: Element): Element | undefined {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  if ('host' in root) return (root as ShadowRoot).host;
  return element.ownerDocument.defaultView?.frameElement ?? undefined;
}

/** An element and all around it, out of shadow roots and readable frames, the nearest first. */
export function* ancestorsOf(element: Element): Generator<Element> {
  for (let at: Element | undefined = element; at; at = parentOf(at)) yield at;
}

/** As `closest`, out of shadow roots and readable frames. */
export function closestOf(element: Element, selector: string): Element | undefined {
  for (const at of ancestorsOf(element)) if (at.matches(selector)) return at;
  return undefined;
}

/** A frame's document, where it is of our own origin. */
export function documentOf(element: Element): Document | undefined {
  if (element.localName !== 'iframe' && element.localName !== 'frame') return undefined;
  try {
    return (element as HTMLIFrameElement).contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}

/** Style as the browser computed it; of an element in a frame by the frame's own window. */
export function styleOf(element: Element, pseudo?: string): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView ?? window).getComputedStyle(element, pseudo);
}
