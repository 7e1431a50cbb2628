/** The card in a page, reached as a person reaches it where possible, and read from within. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { axeViolations } from './axe.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';
import { shadowRootOf } from './shadow-root.ts';

export interface CardHandle {
  host: ElementHandle<Element>;
  root: ElementHandle<ShadowRoot>;
  /** Runs a function in the page with the card's shadow root. */
  evaluate<Args extends unknown[], Value>(
    fn: (root: ShadowRoot, ...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value>;
  /** What can be read in the card. */
  text(): Promise<string>;
  /** Waits until the card's text has these words, and gives the text. */
  waitForText(words: string | RegExp, timeout?: number): Promise<string>;
  /** Waits until something in the card matches. */
  waitFor(selector: string, timeout?: number): Promise<ElementHandle<Element>>;
  /** Clicks in the middle of an element, with a trusted event. */
  click(selector: string): Promise<void>;
  /** Clicks the button of this name. */
  clickButton(name: string): Promise<void>;
  /** Presses a key where the focus is. */
  press(key: Parameters<Page['keyboard']['press']>[0]): Promise<void>;
  /** Brings the card's tab to the front. */
  bringToFront(): Promise<void>;
  /** One line per axe violation. */
  axe(): Promise<string[]>;
}

const HOST = 'descry-card';

/**
 * Waits for a card in the tab's own document.
 *
 * @param index 0 for the first in the document.
 */
export async function waitForCard(
  session: Pick<Session, 'name' | 'browser'>,
  page: Page,
  { index = 0, timeout = 20_000 } = {},
): Promise<CardHandle> {
  const { host, root } = await poll(
    'the card',
    async () => {
      const found = (await page.$$(HOST))[index];
      const inside = found && (await shadowRootOf(session.name, session.browser, page, found));
      return found && inside && { host: found, root: inside };
    },
    { timeout },
  );
  return cardHandle(page, host, root);
}

/** How many cards the page shows. */
export async function countCards(page: Page): Promise<number> {
  return (await page.$$(HOST)).length;
}

function cardHandle(
  page: Page,
  host: ElementHandle<Element>,
  root: ElementHandle<ShadowRoot>,
): CardHandle {
  const text = () => root.evaluate(visibleText);
  const waitFor = (selector: string, timeout = 20_000) =>
    poll(`${selector} in the card`, () => root.$(selector), { timeout });
  return {
    host,
    root,
    evaluate: async <Args extends unknown[], Value>(
      fn: (root: ShadowRoot, ...args: Args) => Value | Promise<Value>,
      ...args: Args
    ) =>
      (await root.evaluate(
        fn as (root: ShadowRoot, ...args: unknown[]) => unknown,
        ...args,
      )) as Value,
    text,
    waitForText: (words, timeout = 20_000) =>
      poll(
        `${String(words)} in the card`,
        async () => {
          const now = await text();
          const found = typeof words === 'string' ? now.includes(words) : words.test(now);
          return found && now;
        },
        { timeout },
      ),
    waitFor,
    click: async (selector) => {
      await poll(`a click on ${selector} in the card`, async () => {
        const found = await root.$(selector);
        return found && (await clickAtRest(found));
      });
    },
    clickButton: async (name) => {
      await poll(`a click on "${name}" in the card`, async () => {
        for (const each of await root.$$('button')) {
          if ((await each.evaluate(nameOf)) === name) return await clickAtRest(each);
        }
        return false;
      });
    },
    press: (key) => page.keyboard.press(key),
    bringToFront: () => page.bringToFront(),
    axe: () => axeViolations(page, root),
  };
}

/**
 * Clicks where an element stays, or after a second where it does not: beneath words that come, say.
 * False where it was drawn anew meanwhile.
 */
async function clickAtRest(element: ElementHandle<Element>): Promise<boolean> {
  try {
    await poll('rest', () => element.evaluate(isAtRest), { timeout: 1_000 }).catch(() => undefined);
    await element.click();
    return true;
  } catch (error) {
    // Puppeteer's words, before it has clicked.
    if (/not clickable|detached/.test(String(error))) return false;
    throw error;
  }
}

async function isAtRest(element: Element): Promise<boolean> {
  const place = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.isConnected, x, y, width, height].join(' ');
  };
  const before = place();
  // A hidden page draws no frames.
  if (document.visibilityState === 'hidden') return true;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return element.isConnected && place() === before;
}

/** `innerText` of all there is; a shadow root has none of its own, and styles are not text. */
function visibleText(root: ShadowRoot): string {
  return [...root.children]
    .filter((element) => element instanceof HTMLElement && element.localName !== 'style')
    .map((element) => (element as HTMLElement).innerText)
    .join('\n')
    .trim();
}

function nameOf(button: Element): string {
  return button.getAttribute('aria-label') ?? button.textContent.trim();
}
