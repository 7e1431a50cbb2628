/** Four pages that change the settings at once: nothing is lost, and "Saved" is true. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { openExtensionPage, readStorage, writeStorage } from './harness/extension-page.ts';
import { startSession, type Session } from './harness/session.ts';

const ROUNDS = 100;
const CONNECTION = { provider: 'custom', baseUrl: 'https://a.example.com/v1', model: 'm' };
const PRESETS = ['a', 'b', 'c'].map((id) => ({ id, name: `Prompt ${id}`, prompt: 'Say it.' }));
let session: Session;

beforeAll(async () => {
  session = await startSession();
});

afterAll(() => session.stop());

it('lose nothing in 100 rounds, and say "Saved" only of what is stored', async () => {
  await writeStorage(session, {
    connections: [
      { ...CONNECTION, id: 'a' },
      { ...CONNECTION, id: 'b' },
    ],
    presets: { presets: PRESETS, defaultId: 'a' },
  });
  const pages: Page[] = [];
  for (const path of ['options.html', 'options.html', 'popup.html', 'presets.html']) {
    pages.push(await openExtensionPage(session, path));
  }
  const [cap, wait, order, first] = await Promise.all(
    (['cap', 'wait', 'order', 'first'] as const).map(
      async (what, at) => await pages[at]?.evaluate(changeOftenAndCheck, what, ROUNDS),
    ),
  );
  expect({ cap, wait, order, first }).toEqual({ cap: [], wait: [], order: [], first: [] });
  expect(await readStorage(session)).toMatchObject({
    connections: [
      { ...CONNECTION, id: 'a', monthlyCap: ROUNDS, firstWordSeconds: ROUNDS - 1 },
      { ...CONNECTION, id: 'b', firstWordSeconds: ROUNDS },
    ],
    presets: { presets: PRESETS, defaultId: 'c' },
  });
  // Four pages that redraw without a pause: a busy machine takes over a minute.
}, 180_000);

/** Runs in a page of ours, which changes one thing again and again. Gives what was not as it said. */
async function changeOftenAndCheck(
  what: 'cap' | 'wait' | 'order' | 'first',
  rounds: number,
): Promise<string[]> {
  interface Stored {
    connections: { id: string; monthlyCap?: number; firstWordSeconds?: number }[];
    presets: { presets: { id: string }[]; defaultId: string };
  }
  type Api = { storage: { local: { get(): Promise<unknown> } } };
  const { browser, chrome } = globalThis as { browser?: Api; chrome?: Api };
  const stored = async () => (await (browser ?? chrome)?.storage.local.get()) as Stored;
  /** No timer: those of a hidden tab are slow. */
  const once = (is: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!is()) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });
  const rendered = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve());
      port1.start();
      port2.postMessage(undefined);
    });
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name,
    );
  const type = async (id: string, value: number) => {
    const field = find(id) as HTMLInputElement;
    field.value = String(value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await rendered();
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return () => field.closest('.asking')?.querySelector('[role=status]')?.textContent;
  };
  const press = (element: HTMLElement | null | undefined) => {
    element?.click();
    return () => find('.presets-saved')?.textContent;
  };
  const steps = {
    cap: async (round: number) => ({
      said: await type('#cap-a', round),
      is: ({ connections }: Stored) => connections[0]?.monthlyCap === round,
    }),
    // Of the one or of the other connection.
    wait: async (round: number) => ({
      said: await type(round % 2 === 1 ? '#first-word-a' : '#first-word-b', round),
      is: ({ connections }: Stored) => connections[(round + 1) % 2]?.firstWordSeconds === round,
    }),
    order: async (round: number) => ({
      said: press(button(round % 2 === 1 ? 'Move down' : 'Move up')),
      is: ({ presets }: Stored) => presets.presets[round % 2]?.id === 'a',
    }),
    first: async (round: number) => ({
      said: press(find(`[aria-label="Prompt ${round % 2 === 1 ? 'b' : 'c'}"]`)),
      is: ({ presets }: Stored) => presets.defaultId === (round % 2 === 1 ? 'b' : 'c'),
    }),
  };
  // The popup's presets are behind their tab.
  find('#tab-presets')?.click();
  await once(() => find('#cap-a') !== null || find('#open-a') !== null);
  find('#open-a')?.click();
  await rendered();
  const wrong: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const { said, is } = await steps[what](round);
    await rendered();
    await once(() => said()?.trim() === 'Saved' || /not/i.test(said() ?? ''));
    const now = await stored();
    if (said()?.trim() !== 'Saved' || !is(now)) {
      wrong.push(`${round}: ${String(said())} ${JSON.stringify(now)}`);
    }
  }
  return wrong;
}
