/** The extension's own pages, opened in tabs, and its storage as seen from them. */
import type { Page } from 'puppeteer-core';
import { contextOf, sendBidi } from './bidi.ts';
import { DEFAULT_MODEL } from './model-server.ts';
import type { Session } from './session.ts';

/** What is needed to open the extension's pages: a session, or any launched browser. */
type Extension = Pick<Session, 'name' | 'browser' | 'baseUrl'>;

/** Opens a page of the extension in a tab of its own: `popup.html`, say, or `welcome.html`. */
export async function openExtensionPage(session: Extension, path: string): Promise<Page> {
  const page = await session.browser.newPage();
  const url = session.baseUrl + path;
  if (session.name === 'chrome') {
    await page.goto(url);
  } else {
    // The tab changes to the extension's process on the way, and `page.goto` never hears of its end.
    const context = contextOf(page);
    await sendBidi(session.browser, 'browsingContext.navigate', { context, url, wait: 'complete' });
  }
  return page;
}

/** Runs a function with the extension's rights, on a page that holds none of its code. */
export async function evaluateInExtension<Args extends unknown[], Value>(
  session: Extension,
  fn: (...args: Args) => Value | Promise<Value>,
  ...args: Args
): Promise<Value> {
  const page = await openExtensionPage(session, 'manifest.json');
  try {
    return (await page.evaluate(fn as (...args: unknown[]) => unknown, ...args)) as Value;
  } finally {
    await page.close();
  }
}

/** The part of `browser.storage.local` that tests use; `chrome` in Chromium has the same. */
interface ExtensionGlobals {
  browser?: ExtensionApi;
  chrome?: ExtensionApi;
}
interface ExtensionApi {
  storage: {
    local: {
      get(): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
      clear(): Promise<void>;
    };
  };
}

/** Everything in `storage.local`. */
export function readStorage(session: Extension): Promise<Record<string, unknown>> {
  return evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as ExtensionGlobals;
    return (await (browser ?? chrome)?.storage.local.get()) ?? {};
  });
}

/**
 * Puts items into `storage.local`, over what is there under the same names. `keys` are encrypted
 * under a device key, as `utils/settings/` does it, in place of all that were stored.
 */
export function writeStorage(session: Extension, items: Record<string, unknown>): Promise<void> {
  return evaluateInExtension(
    session,
    async ({ keys, ...values }: Record<string, unknown>) => {
      const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
      const stored = async (id: string, key: CryptoKey) => {
        const opening = indexedDB.open(`descry-device-key-${id}`, 1);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('keys'));
        await new Promise((resolve) => opening.addEventListener('success', resolve));
        const change = opening.result.transaction('keys', 'readwrite');
        change.objectStore('keys').put(key, 'key');
        await new Promise((resolve) => change.addEventListener('complete', resolve));
        opening.result.close();
      };
      if (keys) {
        const name = 'AES-GCM';
        const keyId = crypto.randomUUID();
        const how = { name, length: 256 };
        const key = await crypto.subtle.generateKey(how, false, ['encrypt', 'decrypt']);
        await stored(keyId, key);
        const utf8 = (words: string) => new TextEncoder().encode(words);
        const encrypt = async (words: string, id = '') => {
          const iv = crypto.getRandomValues(new Uint8Array(12));
          const cipher = { name, iv, additionalData: utf8(id) };
          const data = await crypto.subtle.encrypt(cipher, key, utf8(words));
          return { iv: base64(iv), data: base64(new Uint8Array(data)) };
        };
        const encrypted = Object.entries(keys).map(
          async ([id, each]) => [id, await encrypt(JSON.stringify(each), id)] as const,
        );
        values['encryptedKeys'] = {
          format: 2,
          ids: Object.keys(keys),
          protection: { kind: 'device', keyId },
          keys: Object.fromEntries(await Promise.all(encrypted)),
          ...(await encrypt('{}')),
        };
      }
      const { browser, chrome } = globalThis as ExtensionGlobals;
      await (browser ?? chrome)?.storage.local.set(values);
    },
    items,
  );
}

/** The connections that have a key. */
export async function keyedConnections(session: Extension): Promise<string[]> {
  const { encryptedKeys } = (await readStorage(session)) as { encryptedKeys?: { ids: string[] } };
  return encryptedKeys?.ids ?? [];
}

/** Empties `storage.local`: the state of a fresh install, but for what has been opened. */
export function clearStorage(session: Extension): Promise<void> {
  return evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as ExtensionGlobals;
    await (browser ?? chrome)?.storage.local.clear();
  });
}

export interface SeededConnection {
  baseUrl?: string;
  provider?: string;
  model?: string;
  key?: string;
  takesUrls?: boolean;
  firstWordSeconds?: number;
  /** For a million tokens, in US dollars. */
  price?: { input: number; output: number };
}

/**
 * Stores a connection as the welcome page would, in the shapes of `utils/settings/`. Without
 * options it leads to the session's own model server.
 */
export async function seedConnection(
  session: Session,
  { key, ...connection }: SeededConnection = {},
): Promise<void> {
  const id = 'seeded';
  const { baseUrl } = session.model;
  await writeStorage(session, {
    connections: [{ id, provider: 'custom', baseUrl, model: DEFAULT_MODEL, ...connection }],
    keys: key === undefined ? {} : { [id]: key },
  });
}
