/** What can be overheard of the extension: what it logs, sends and is told, and keeps. */
import { TargetType, type Page, type Target } from 'puppeteer-core';
import { evaluateInBrowserWindow } from './bidi.ts';
import { evaluateInExtension, openExtensionPage } from './extension-page.ts';
import type { Session } from './session.ts';

interface Globals {
  browser?: Api;
  chrome?: Api;
  heard?: unknown[];
}
type Send = (...args: unknown[]) => Promise<unknown>;
interface Area {
  get(): Promise<Record<string, unknown>>;
}
interface Api {
  runtime: {
    sendMessage: Send;
    getBackgroundPage(): Promise<unknown>;
    onMessage: { addListener(listen: (message: unknown) => void): void };
    connect(info: { name: string }): {
      onMessage: { addListener(listen: (message: unknown) => void): void };
    };
  };
  tabs: { sendMessage: Send };
  storage: { session: Area; sync: Area };
}

/** Logs of the worker and of pages, of those that are there and those to come. Firefox keeps its own. */
export function listenToLogs({ browser }: Session): string[] {
  const logs: string[] = [];
  const hear = (target: Target) => {
    void target.worker().then((worker) => worker?.on('console', (each) => logs.push(each.text())));
    void target.page().then((page) => page?.on('console', (each) => logs.push(each.text())));
  };
  for (const target of browser.targets()) hear(target);
  browser.on('targetcreated', hear);
  return logs;
}

/**
 * What Firefox has kept of what was logged: errors in all of the browser, and each word to a console
 * in the extension's own process.
 */
export async function firefoxLogs(session: Session): Promise<string[]> {
  if (session.name !== 'firefox') return [];
  return await evaluateInBrowserWindow(
    session.browser,
    async (id) => {
      const chrome = globalThis as unknown as FirefoxWindow;
      const errors = chrome.Services.console.getMessageArray().map(({ message }) => message);
      const { extension } = chrome.WebExtensionPolicy.getByID(id);
      const background = [...extension.views].find(({ viewType }) => viewType === 'background');
      if (!background) throw new Error('no background to listen to');
      const { messageManager } = background.xulBrowser;
      const said = await new Promise<string[]>((resolve) => {
        messageManager.addMessageListener('descry:said', ({ data }) => resolve(data));
        const look = `data:,sendAsyncMessage('descry:said', Cc['@mozilla.org/consoleAPI-storage;1']
          .getService(Ci.nsIConsoleAPIStorage).getEvents()
          .map((event) => Array.from(event.arguments, (each) => String(each) + (each?.stack ?? '')).join(' ')))`;
        messageManager.loadFrameScript(look.replaceAll('\n', ' '), false);
      });
      return [...errors, ...said];
    },
    session.extensionId,
  );
}

interface FirefoxWindow {
  Services: { console: { getMessageArray(): { message: string }[] } };
  WebExtensionPolicy: {
    getByID(id: string): {
      extension: { views: Set<{ viewType: string; xulBrowser: { messageManager: Messages } }> };
    };
  };
}
interface Messages {
  addMessageListener(name: string, listen: (message: { data: string[] }) => void): void;
  loadFrameScript(url: string, later: boolean): void;
}

/**
 * Runs a function in the background, which it is given.
 *
 * @param page One of the extension's, which has to stay open as long as what the function leaves.
 */
async function evaluateInBackground<Args extends unknown[], Value>(
  session: Session,
  page: Page,
  fn: (background: Globals, ...args: Args) => Value | Promise<Value>,
  ...args: Args
): Promise<Value> {
  const call = `(${fn})(background, ...${JSON.stringify(args)})`;
  if (session.name === 'firefox') {
    const run = `browser.runtime.getBackgroundPage().then((background) => ${call})`;
    return (await page.evaluate(run)) as Value;
  }
  const isWorker = (each: Target) => each.type() === TargetType.SERVICE_WORKER;
  const worker = await (await session.browser.waitForTarget(isWorker)).worker();
  return (await worker?.evaluate(`((background) => ${call})(globalThis)`)) as Value;
}

/** Hears what is sent in a context, and the replies, be they promised or called back. Stands alone. */
function hearSends(scope: Globals, api: 'runtime' | 'tabs'): void {
  const heard: unknown[] = [];
  scope.heard = heard;
  /** What JSON would leave out: the bytes of an image. */
  const readable = async (value: unknown): Promise<unknown> => {
    // Firefox's background is another window, with a class of its own.
    if (String(value) === '[object Blob]') return await (value as Blob).text();
    if (Array.isArray(value)) return await Promise.all(value.map(readable));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      await Promise.all(
        Object.entries(value).map(async ([key, each]) => [key, await readable(each)] as const),
      ),
    );
  };
  const hear = (value: unknown) => void readable(value).then((read) => heard.push(read));
  for (const each of [scope.browser, scope.chrome]) {
    if (!each) continue;
    const target = each[api];
    const send = target.sendMessage.bind(target);
    target.sendMessage = (...args) => {
      hear(args);
      const calledBack = args.map((arg) => {
        if (typeof arg !== 'function') return arg;
        return (...replies: unknown[]): unknown => {
          hear(replies);
          return (arg as (...told: unknown[]) => unknown)(...replies);
        };
      });
      const reply = send(...calledBack);
      void Promise.resolve(reply).then(hear, () => undefined);
      return reply;
    };
  }
}

/** Hears, on a page of the extension, what its calls are answered. */
export async function listenToReplies(page: Page): Promise<() => Promise<unknown[]>> {
  await page.evaluate(`(${hearSends})(globalThis, 'runtime')`);
  return () => page.evaluate(() => (globalThis as Globals).heard ?? []);
}

/**
 * Hears what an extension page can hear, calls to all and the feed of jobs, and what the background
 * tells pages of the web, with what they answer.
 */
export async function listenToMessages(session: Session) {
  const page = await openExtensionPage(session, 'manifest.json');
  await page.evaluate(() => {
    const scope = globalThis as Globals;
    const heard: unknown[] = [];
    scope.heard = heard;
    const { runtime } = scope.browser ?? scope.chrome ?? {};
    runtime?.onMessage.addListener((message) => void heard.push(message));
    runtime
      ?.connect({ name: 'job-feed' })
      .onMessage.addListener((message) => void heard.push(message));
  });
  await evaluateInBackground(session, page, hearSends, 'tabs' as const);
  return {
    /** What was heard: by pages of ours, and by pages of the web. */
    async stop(): Promise<{ toAll: unknown[]; toTabs: unknown[] }> {
      const toAll = await page.evaluate(() => (globalThis as Globals).heard ?? []);
      const toTabs = await evaluateInBackground(session, page, ({ heard }) => heard ?? []);
      await page.close();
      return { toAll, toTabs };
    },
    /** Says something on the background's own console. */
    log: (words: string) =>
      evaluateInBackground(
        session,
        page,
        (background, said) => (background as typeof globalThis).console.error(said),
        words,
      ),
  };
}

/** All that the extension keeps besides `storage.local`: every row of every database, with its bytes. */
export function readEverythingKept(session: Session) {
  return evaluateInExtension(session, async () => {
    const settled = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(new Error('not read')));
      });
    /** What JSON would leave out: bytes, and what is in maps and sets. */
    const readable = async (value: unknown): Promise<unknown> => {
      if (value instanceof Blob) return await value.text();
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        return new TextDecoder('latin1').decode(value);
      }
      if (value instanceof Map || value instanceof Set) return await readable([...value]);
      if (Array.isArray(value)) return await Promise.all(value.map(readable));
      if (typeof value !== 'object' || value === null) return value;
      return await Promise.all(Object.entries(value).map(readable));
    };
    const rows: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const [keys, values] = [settled(store.getAllKeys()), settled(store.getAll())];
        rows.push(name, await readable(await keys), await readable(await values));
      }
      database.close();
    }
    const { browser, chrome } = globalThis as Globals;
    const { storage } = browser ?? chrome ?? {};
    return {
      session: await storage?.session.get(),
      sync: await storage?.sync.get(),
      rows,
      caches: await caches.keys().catch(() => []),
      pages: [Object.entries(localStorage), Object.entries(sessionStorage)],
    };
  });
}

/** Puts words into a database of the extension, as a text and as bytes, or takes it away again. */
export function plantInDatabase(session: Session, words: string | undefined): Promise<void> {
  return evaluateInExtension(
    session,
    async (planted) => {
      const name = 'planted';
      if (planted === undefined || planted === null) {
        indexedDB.deleteDatabase(name);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, 1);
        opening.addEventListener('upgradeneeded', () => {
          opening.result.createObjectStore('rows', { autoIncrement: true });
        });
        opening.addEventListener('error', () => reject(new Error('not opened')));
        opening.addEventListener('success', () => {
          const database = opening.result;
          const change = database.transaction('rows', 'readwrite');
          change.objectStore('rows').add({ deep: [{ text: `${planted} as text` }] });
          change.objectStore('rows').add(new Blob([`${planted} as bytes`]));
          change.addEventListener('complete', () => {
            database.close();
            resolve();
          });
        });
      });
    },
    words,
  );
}
