/** Every place of the list (`test/private/places.ts`), read as it is outside private windows. */
import { SHOWN, STORED, type ShownPlace, type StoredPlace } from '../../private/places.ts';
import { evaluateInExtension, openExtensionPage } from './extension-page.ts';
import { poll } from './poll.ts';
import type { Session } from './session.ts';

type Places = Record<StoredPlace | ShownPlace, string>;

/** What is in each, as text: empty where there is nothing. */
export async function readPlaces(session: Session): Promise<Places> {
  const { local, within, stores, badge, title, feed, tabs } = await evaluateInExtension(
    session,
    readAll,
  );
  const stored = Object.keys(STORED).map((place) => {
    const [kind, name = ''] = place.split(':');
    if (kind === 'store') return [place, stores[name] ?? ''];
    if (kind === 'local') return [place, textOf(local[name])];
    if (kind === 'session') return [place, textOf(within[name])];
    const prefix = place.includes('job-store') ? 'job:' : 'image:';
    const items = Object.entries(within).filter(([key]) => key.startsWith(prefix));
    return [place, items.length === 0 ? '' : textOf(items)];
  });
  // What no place knows of is in none, and yet it is there.
  const known = new Set(Object.keys(STORED).map((place) => place.replace(/^\w+:/, '')));
  const unknown = [...Object.keys(local), ...Object.keys(within)].filter(
    (key) => !known.has(key.replace(/\$$/, '')) && !/^(?:job:|image:|sessionBegun$)/.test(key),
  );
  unknown.push(...Object.keys(stores).filter((name) => !known.has(name)));
  if (unknown.length > 0) throw new Error(`stored, and on no list: ${unknown.join(', ')}`);

  const shown: Partial<Record<ShownPlace, string>> = {
    badge,
    'title of the button': title,
    feed,
    tabs,
  };
  for (const place of Object.keys(SHOWN) as ShownPlace[]) {
    if (place.startsWith('page:')) shown[place] = await wordsOf(session, `${place.slice(5)}.html`);
  }
  // Asked for by its id, a result shows more than the page alone does.
  for (const id of Object.keys(within).flatMap((key) => /^job:(.+)$/.exec(key)?.[1] ?? [])) {
    shown['page:result'] += await wordsOf(session, `result.html?job=${id}`);
  }
  // Scripts of ours are in the pages that they were asked for; menus have words of ours alone, and
  // whether an entry is there is seen by what it does.
  const here = await Promise.all((await openPages(session)).map((page) => page.content()));
  shown['script:page'] = here.join('\n');
  shown['script:pick'] = '';
  shown.menu = '';
  shown.requests = session.pages.requests
    .filter(({ headers }) => headers.referer === undefined)
    .filter(({ path }) => path.endsWith('.png'))
    .map(({ path, host }) => `${host}${path}`)
    .join('\n');
  return { ...(Object.fromEntries(stored) as Places), ...shown };
}

const textOf = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));

/** The pages of tests in windows that are not private. */
async function openPages({ browser, pages }: Session) {
  const all = await browser.pages();
  return all.filter((page) => page.url().startsWith(pages.url('/')));
}

/** What a page of ours says in a window that is not private, once it has come to rest. */
async function wordsOf(session: Session, path: string): Promise<string> {
  const page = await openExtensionPage(session, path);
  let last = '';
  try {
    return await poll(
      `a settled page ${path}`,
      async () => {
        const now = await page.evaluate(() => `${document.title}\n${document.body.innerText}`);
        const isSettled = now === last;
        last = now;
        return isSettled && now;
      },
      { interval: 300 },
    );
  } finally {
    await page.close();
  }
}

interface Api {
  action: Record<'getBadgeText' | 'getTitle', (of: object) => Promise<string>>;
  runtime: {
    connect(how: { name: string }): {
      onMessage: { addListener(listener: (message: unknown) => void): void };
    };
  };
  storage: Record<'local' | 'session', { get(): Promise<Record<string, unknown>> }>;
  tabs: { query(of: object): Promise<{ url?: string; title?: string; incognito: boolean }[]> };
}

/** Stands alone: it is run in a page of the extension. */
async function readAll() {
  const { browser, chrome } = globalThis as { browser?: Api; chrome?: Api };
  const api = browser ?? chrome;
  if (!api) throw new Error('no extension here');
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
    });
  const stores: Record<string, string> = {};
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const all = await done(db.transaction(store).objectStore(store).getAll());
      stores[store] = all.length === 0 ? '' : JSON.stringify(all);
    }
    db.close();
  }
  const port = api.runtime.connect({ name: 'job-feed' });
  const feed = await new Promise<string>((resolve) => {
    port.onMessage.addListener((message) => resolve(JSON.stringify(message)));
  });
  const tabs = (await api.tabs.query({})).filter(({ incognito }) => !incognito);
  return {
    stores,
    feed,
    local: await api.storage.local.get(),
    within: await api.storage.session.get(),
    badge: await api.action.getBadgeText({}),
    title: await api.action.getTitle({}),
    tabs: tabs.map(({ url = '', title = '' }) => `${url} ${title}`).join('\n'),
  };
}
