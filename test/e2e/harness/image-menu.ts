/** A real right-click on an image and a choice in the browser's own menu: all that grants activeTab. */
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import type { BrowserName } from '../../../scripts/machine.mjs';
import { evaluateInBrowserWindow } from './bidi.ts';
import { poll } from './poll.ts';
import { screenPosition } from './screen-position.ts';
import type { Xdotool } from './xdotool.ts';

export interface ImageMenuContext {
  name: BrowserName;
  browser: Browser;
  xdotool: Xdotool;
}

/** The extension's entry. Tests run in English, whose strings are the source. */
const MENU_TITLE = 'Describe this image';
const HERE_TITLE = 'Describe the image under the pointer';
const INSERT_TITLE = 'Insert last description';

/**
 * Right-clicks an image for real and chooses from the entries below ours in the menu.
 *
 * @param place Counted from 0, which is the default preset; `menuPlace` finds it by the title.
 */
export async function describeImage(
  context: ImageMenuContext,
  page: Page,
  image: string | ElementHandle,
  place = 0,
): Promise<void> {
  const choose = await aimAtEntry(context, page, image, place);
  await choose();
}

/**
 * All of `describeImage` but the last key, for what must be measured from the choice itself.
 *
 * @returns Presses that key at once when called, then waits until the menu is gone.
 */
export async function aimAtEntry(
  context: ImageMenuContext,
  page: Page,
  image: string | ElementHandle,
  place = 0,
): Promise<() => Promise<void>> {
  const { xdotool } = context;
  const before = await withMenu(context, async (none) => {
    await rightClick(context, page, image);
    await shown(context, 'the image menu', none, 1);
    await (context.name === 'chrome' ? openChromeSubmenu(context) : openFirefoxSubmenu(context));
    await shown(context, 'the presets in the menu', none, 2);
  });
  for (let i = 0; i < place; i += 1) xdotool.send('key Down');
  return async () => {
    xdotool.send('key Return');
    await poll('the end of the menu', async () => (await since(xdotool, before)) === 0);
  };
}

/** Right-clicks anything and chooses the entry that stands in every menu, where it is switched on. */
export async function describeHere(
  context: ImageMenuContext,
  page: Page,
  target: string,
): Promise<void> {
  await chooseEntry(context, page, target, HERE_TITLE);
}

/** Right-clicks a text field and inserts the last description. */
export async function insertLast(
  context: ImageMenuContext,
  page: Page,
  target: string,
): Promise<void> {
  await chooseEntry(context, page, target, INSERT_TITLE);
}

/** Chromium: the letter chooses the one entry that begins with it. Firefox: go up to it. */
async function chooseEntry(
  context: ImageMenuContext,
  page: Page,
  target: string,
  title: string,
): Promise<void> {
  const { name, xdotool } = context;
  await withMenu(context, async (none) => {
    await rightClick(context, page, target);
    await shown(context, 'the menu', none, 1);
    if (name === 'chrome') {
      xdotool.send(`key ${title.charAt(0).toLowerCase()}`);
    } else {
      await selectInFirefox(context, title);
      xdotool.send('key Return');
    }
    await poll('the end of the menu', async () => (await since(xdotool, none)) === 0);
  });
}

async function rightClick(
  { xdotool }: ImageMenuContext,
  page: Page,
  target: string | ElementHandle,
): Promise<void> {
  await page.bringToFront();
  const { x, y } = await screenPosition(page, target);
  xdotool.send(`mousemove ${x} ${y} click 3`);
}

/**
 * Opens a menu again where it does not come: a busy machine loses a key that is pressed while the
 * menu is being shown (seen in CI). A person presses it again, too.
 *
 * @returns The windows that there were without the menu.
 */
async function withMenu(
  { xdotool }: ImageMenuContext,
  open: (before: Windows) => Promise<void>,
): Promise<Windows> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await settledWindows(xdotool);
    try {
      await open(before);
      return before;
    } catch (error) {
      // A menu and its submenu, and once more for a key that is lost.
      for (let times = 0; times < 3 && (await since(xdotool, before)) > 0; times += 1) {
        xdotool.send('key Escape');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      if (attempt === 3) throw error;
    }
  }
}

/** Chromium: a letter goes to the one entry that begins with it; Right selects the first below. */
function openChromeSubmenu({ xdotool }: ImageMenuContext): Promise<void> {
  xdotool.send(`key ${MENU_TITLE.charAt(0).toLowerCase()}`);
  xdotool.send('key Right');
  return Promise.resolve();
}

/**
 * Firefox: a letter may belong to an entry of its own ("Open Link in New Win_d_ow"), so go up from
 * the end, where extensions are. Right opens the submenu and selects its first entry.
 */
async function openFirefoxSubmenu(context: ImageMenuContext): Promise<void> {
  await selectInFirefox(context, MENU_TITLE);
  context.xdotool.send('key Right');
}

async function selectInFirefox(
  { browser, xdotool }: ImageMenuContext,
  title: string,
): Promise<void> {
  for (;;) {
    const before = await selectedInMenu(browser);
    if (before === title) return;
    xdotool.send('key Up');
    await poll('another selected menu entry', async () => {
      return (await selectedInMenu(browser)) !== before;
    });
  }
}

function selectedInMenu(browser: Browser): Promise<string> {
  return evaluateInBrowserWindow(browser, () => {
    const { wm } = Reflect.get(globalThis, 'Services') as WindowServices;
    const front = wm.getMostRecentWindow('navigator:browser').document;
    const selected = front.querySelector('#contentAreaContextMenu > [_moz-menuactive]');
    return selected?.getAttribute('label') ?? '';
  });
}

interface WindowServices {
  wm: { getMostRecentWindow(kind: string): { document: Document } };
}

type Windows = ReadonlySet<string>;

/** The windows that are there once a menu or tooltip of a moment ago is gone. */
async function settledWindows(xdotool: Xdotool): Promise<Windows> {
  let now = await xdotool.windows();
  for (let same = 0; same < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const next = await xdotool.windows();
    same = next.size === now.size && next.isSubsetOf(now) ? same + 1 : 0;
    now = next;
  }
  return now;
}

/**
 * How many windows there are that were not there before. Which ones, not how many in all: a tooltip
 * or a bubble of the browser's own goes when a menu comes.
 */
async function since(xdotool: Xdotool, before: Windows): Promise<number> {
  return (await xdotool.windows()).difference(before).size;
}

/** Waits until the screen shows at least so many more windows. */
async function shown(
  { xdotool }: ImageMenuContext,
  what: string,
  before: Windows,
  count: number,
): Promise<void> {
  await poll(what, async () => (await since(xdotool, before)) >= count, {
    interval: 5,
    timeout: 3000,
  });
}
