/** The real popup under the toolbar button, opened by a click there, not its page in a tab. */
import type { Page } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import { openExtensionPage } from './extension-page.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

export interface PopupHandle {
  /** Runs a function with the popup's document. */
  evaluate<Args extends unknown[], Value>(
    fn: (popup: Document, ...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value>;
  /** What can be read in it. */
  text(): Promise<string>;
  /** Waits until its text has these words, and gives the text. */
  waitForText(words: string, timeout?: number): Promise<string>;
  /** Clicks in the middle of an element, with a trusted event. */
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

/** A click that comes as the panel opens or moves is lost, or closes it: in 5 of 10 runs. */
const FIREFOX_SETTLES_MS = 150;

/** Clicks the toolbar button while `page` is in front. */
export async function openPopup(session: Session, page: Page): Promise<PopupHandle> {
  return session.name === 'chrome'
    ? openChromePopup(session, page)
    : openFirefoxPopup(session, page);
}

async function openChromePopup(
  { browser, extensionId }: Session,
  page: Page,
): Promise<PopupHandle> {
  await page.bringToFront();
  const extension = (await browser.extensions()).get(extensionId);
  await extension?.triggerAction(page);
  const target = await browser.waitForTarget((each) => each.url().endsWith('/popup.html'));
  const popup = await target.asPage();
  // It can be seen before its script has run.
  await popup.waitForSelector('#root > *');
  return popupHandle({
    evaluate: (fn, args) => popup.evaluate(`(${fn})(document, ...${JSON.stringify(args)})`),
    click: (selector) => popup.click(selector),
    close: () => popup.close(),
  });
}

/**
 * Firefox shows its popups to no debugger. A tab of the extension can look into them with
 * `extension.getViews`, and pointer and keys do the rest.
 */
async function openFirefoxPopup(session: Session, page: Page): Promise<PopupHandle> {
  const { xdotool } = session;
  const helper = await openExtensionPage(session, 'manifest.json');
  await page.bringToFront();
  const clickAt = (x: number, y: number) =>
    xdotool.send(`mousemove ${Math.round(x)} ${Math.round(y)} click 1`);
  clickAt(...(await toolbarButtonPosition(session)));
  const evaluate = (fn: string, args: unknown[]) =>
    helper.evaluate(
      `(${fn})(browser.extension.getViews({ type: 'popup' })[0].document, ...${JSON.stringify(args)})`,
    );
  await poll('the popup', () =>
    helper.evaluate(
      `browser.extension.getViews({ type: 'popup' })[0]?.document.readyState === 'complete'`,
    ),
  );
  return popupHandle({
    evaluate,
    click: async (selector) => {
      await new Promise((resolve) => setTimeout(resolve, FIREFOX_SETTLES_MS));
      const [x, y] = (await evaluate(String(positionOf), [selector])) as [number, number];
      clickAt(x, y);
    },
    close: async () => {
      xdotool.send('key Escape');
      await poll('the end of the popup', () =>
        helper.evaluate(`browser.extension.getViews({ type: 'popup' }).length === 0`),
      );
      await helper.close();
    },
  });
}

/**
 * Puts the button onto the toolbar, as a person pins it, and says where it is on the screen, in the
 * window that is in front.
 */
function toolbarButtonPosition({ browser, extensionId }: Session): Promise<[number, number]> {
  return evaluateInBrowserWindow(
    browser,
    (id): [number, number] => {
      const widget = `${id.replaceAll(/[^\w-]/g, '_')}-browser-action`;
      const customizable = Reflect.get(globalThis, 'CustomizableUI') as {
        addWidgetToArea(id: string, area: string): void;
      };
      customizable.addWidgetToArea(widget, 'nav-bar');
      const { wm } = Reflect.get(globalThis, 'Services') as {
        wm: { getMostRecentWindow(kind: string): Window };
      };
      const front = wm.getMostRecentWindow('navigator:browser');
      const box = front.document.getElementById(widget)?.getBoundingClientRect();
      if (!box) throw new Error(`no toolbar button ${widget}`);
      const left = Number(Reflect.get(front, 'mozInnerScreenX'));
      const top = Number(Reflect.get(front, 'mozInnerScreenY'));
      return [left + box.x + box.width / 2, top + box.y + box.height / 2];
    },
    extensionId,
  );
}

/** Where an element of a Firefox popup is on the screen. */
function positionOf(popup: Document, selector: string): [number, number] {
  const element = popup.querySelector(selector);
  if (!element) throw new Error(`no ${selector} in the popup`);
  element.scrollIntoView({ block: 'nearest' });
  const box = element.getBoundingClientRect();
  const left = Number(Reflect.get(popup.defaultView ?? {}, 'mozInnerScreenX'));
  const top = Number(Reflect.get(popup.defaultView ?? {}, 'mozInnerScreenY'));
  return [left + box.x + box.width / 2, top + box.y + box.height / 2];
}

interface PopupDriver {
  evaluate(fn: string, args: unknown[]): Promise<unknown>;
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

function popupHandle({ evaluate, click, close }: PopupDriver): PopupHandle {
  const text = async () =>
    (await evaluate(
      String((popup: Document) => popup.body.innerText),
      [],
    )) as string;
  return {
    evaluate: async <Args extends unknown[], Value>(
      fn: (popup: Document, ...args: Args) => Value | Promise<Value>,
      ...args: Args
    ) => (await evaluate(String(fn), args)) as Value,
    text,
    waitForText: (words, timeout = 20_000) =>
      poll(
        `"${words}" in the popup`,
        async () => {
          const now = await text();
          return now.includes(words) && now;
        },
        { timeout },
      ),
    click,
    close,
  };
}
