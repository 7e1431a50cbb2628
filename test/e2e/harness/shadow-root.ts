/** The way into a closed shadow root, which the page itself has not: through the debugger. */
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import type { BrowserName } from '../../../scripts/machine.mjs';
import { contextOf, sendBidi } from './bidi.ts';

/** Where a root rests for a moment in the page, to become a handle there. */
const STASH = '__descryTestRoot';
const STASH_FUNCTION = `function (root) { globalThis.${STASH} = root ?? this; }`;

/**
 * The shadow root of a host element, closed or open, as an object of the page.
 *
 * @returns undefined where the host has none, or none yet.
 */
export async function shadowRootOf(
  name: BrowserName,
  browser: Browser,
  page: Page,
  host: ElementHandle<Element>,
): Promise<ElementHandle<ShadowRoot> | undefined> {
  const found =
    name === 'chrome' ? await stashInChrome(page, host) : await stashInFirefox(browser, page, host);
  if (!found) return undefined;
  const handle = await page.evaluateHandle((key) => {
    const root: unknown = Reflect.get(globalThis, key);
    Reflect.deleteProperty(globalThis, key);
    return root;
  }, STASH);
  return handle as unknown as ElementHandle<ShadowRoot>;
}

async function stashInChrome(page: Page, host: ElementHandle<Element>): Promise<boolean> {
  const session = await page.createCDPSession();
  try {
    const { node } = await session.send('DOM.describeNode', {
      backendNodeId: await host.backendNodeId(),
    });
    const backendNodeId = node.shadowRoots?.[0]?.backendNodeId;
    if (!backendNodeId) return false;
    const { object } = await session.send('DOM.resolveNode', { backendNodeId });
    await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId ?? '',
      functionDeclaration: STASH_FUNCTION,
    });
    return true;
  } finally {
    await session.detach();
  }
}

interface LocatedNodes {
  nodes: readonly { value?: { shadowRoot?: { sharedId?: string } | null } }[];
}

async function stashInFirefox(
  browser: Browser,
  page: Page,
  host: ElementHandle<Element>,
): Promise<boolean> {
  const context = contextOf(page);
  const index = await host.evaluate((element) =>
    [...document.querySelectorAll(element.localName)].indexOf(element),
  );
  const { nodes } = await sendBidi<LocatedNodes>(browser, 'browsingContext.locateNodes', {
    context,
    locator: { type: 'css', value: await host.evaluate((element) => element.localName) },
    serializationOptions: { includeShadowTree: 'all', maxDomDepth: 0 },
  });
  const sharedId = nodes[index]?.value?.shadowRoot?.sharedId;
  if (!sharedId) return false;
  await sendBidi(browser, 'script.callFunction', {
    target: { context },
    functionDeclaration: STASH_FUNCTION,
    arguments: [{ sharedId }],
    awaitPromise: false,
  });
  return true;
}
