/** Whatever is stored or shown is on the list of places: nothing new is forgotten in private windows. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHOWN, STORED } from './places';

/** What the list lacks, and what it has too many, in words that say what to do. */
function differences(found: ReadonlySet<string>, list: object): string[] {
  const listed = new Set(Object.keys(list));
  return [
    ...[...found.difference(listed)].map(
      (name) =>
        `${name} is new: name it in test/private/places.ts, with what it has and when nothing of a ` +
        'private window may be there. test/e2e/private.test.ts then looks into it, in both browsers.',
    ),
    ...[...listed.difference(found)].map(
      (name) => `${name} is in the code no more: take it off test/private/places.ts.`,
    ),
  ];
}

/** Declares stored items for others, who name their keys. */
const DECLARES = 'utils/browser/settings/stored-item.ts';

/** Keys of stored items, object stores, and files that use a storage area past both. */
function storedBy(path: string, text: string): string[] {
  const areas = String.raw`(?:local|session|sync|managed):`;
  const keys = matches(text, new RegExp(String.raw`(['"\`])(${areas}\w+)\1`, 'g')).map(
    ([, , key = '']) => key,
  );
  const items = matches(text, /\b(?:defineItem|storedItem)(?:<[^>]*>)?\(\s*(.)/g);
  const stores = matches(text, /\bcreateObjectStore\(\s*(?:(['"`])(\w+)\1|(\w+))/g).map(
    ([, , name, constant]) => name ?? valueOf(constant, text),
  );
  // What cannot be read here is a name of its own, and on no list.
  const isUnread =
    matches(text, new RegExp(String.raw`['"\`]${areas}`, 'g')).length > keys.length ||
    matches(text, /\b(?:defineItem|storedItem)\b(?=[<(])/g).length > items.length ||
    (/\bstorage\.setItems?\(\s*[^'"`\s]/.test(text) && !/Item\.key\b/.test(text)) ||
    items.some(([, first = '']) => !/['"`]/.test(first)) ||
    matches(text, /\bcreateObjectStore\b/g).length > stores.length ||
    stores.includes(undefined);
  const named = stores.filter((name) => name !== undefined).map((name) => `store:${name}`);
  const uses =
    /\bstorage\s*\.\s*(?:local|session|sync|managed)\b(?!\.(?:setAccessLevel|onChanged))/;
  const other = /\b(?:localStorage|sessionStorage|caches\.open|document\.cookie|cookieStore)\b/;
  const direct = uses.test(withoutComments(text)) || other.test(text) ? [path] : [];
  return [...keys, ...named, ...(isUnread ? [`${path}: unread`] : []), ...direct];
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)];

const withoutComments = (text: string) => text.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, '');

/** What a constant of the same file is. */
function valueOf(constant: string | undefined, text: string): string | undefined {
  return matches(text, /\bconst (\w+) = (['"])(\w+)\2;/g).find(
    ([, name]) => name === constant,
  )?.[3];
}

/** Pages and scripts by their entrypoint, and what of the browser's own window is changed. */
function shownBy(path: string, text: string): string[] {
  const entrypoint = /^entrypoints\/([\w-]+)\/index\.(?:html|tsx?)$/.exec(path);
  const kind = path.endsWith('.html') ? 'page' : 'script';
  const own = entrypoint && entrypoint[1] !== 'background' ? [`${kind}:${entrypoint[1]}`] : [];
  const apis: [string, RegExp][] = [
    ['badge', /\bsetBadgeText\b/],
    ['menu', /\bcontextMenus\.(?:create|update)\b/],
    ['tabs', /\btabs\.create\b|\bwindows\.create\b|\bopenPopup\b/],
    ['feed', /\bruntime\.connect\b/],
    ['title of the button', /\baction\.set(?:Title|Icon|Popup)\b/],
    ['notifications', /\bnotifications\.\w/],
    ['downloads', /\bdownloads\.\w/],
    ['side panel', /\bsidePanel\b|\bsidebarAction\b/],
    ['omnibox', /\bomnibox\b/],
  ];
  return [...own, ...apis.filter(([, api]) => api.test(text)).map(([name]) => name)];
}

const files = globSync('{entrypoints,components,utils}/**/*.{ts,tsx,html}').map((path) => {
  const text = readFileSync(path, 'utf8');
  return [path.replaceAll('\\', '/'), text] as const;
});

it('every stored item, object store and use of a storage area is on the list, and no other', () => {
  const named = files.filter(([path]) => path !== DECLARES);
  const found = new Set(named.flatMap(([path, text]) => storedBy(path, text)));
  expect(differences(found, STORED)).toEqual([]);
});

it('every page, script and sign in the window of the browser is on the list', () => {
  const found = new Set(files.flatMap(([path, text]) => shownBy(path, text)));
  // What is sent is no sign; it is looked at all the same.
  expect(differences(found.add('requests'), SHOWN)).toEqual([]);
});

it.each([
  ["const a = storage.defineItem<string>('local:lastImage', { version: 1 });", 'local:lastImage'],
  ["const a = storage.defineItem(\n  'local:lastImage',\n);", 'local:lastImage'],
  ["const a = storedItem('local:lastImage', imageSchema);", 'local:lastImage'],
  ['const a = storage.defineItem(key);', 'a.ts: unread'],
  ['const a = storedItem(key, imageSchema);', 'a.ts: unread'],
  ['void storage.setItems([{ key, value }]);', 'a.ts: unread'],
  ["void storage.setItem('session:lastImage', image);", 'session:lastImage'],
  ['void storage.setItem(`local:last${image}`, 1);', 'a.ts: unread'],
  ["db.createObjectStore('answers', { keyPath: 'id' });", 'store:answers'],
  ["const STORE = 'answers';\ndb.createObjectStore(STORE);", 'store:answers'],
  ['db.createObjectStore(name);', 'a.ts: unread'],
  ['void browser.storage.local.set({ last: image });', 'a.ts'],
  ["localStorage.setItem('last', image);", 'a.ts'],
])('a planted store is found: %s', (text, name) => {
  expect(storedBy('a.ts', text)).toContain(name);
});

it.each([
  ['entrypoints/panel/index.html', '', 'page:panel'],
  ['a.ts', 'await browser.action.setTitle({ title: image.srcUrl });', 'title of the button'],
  ['a.ts', "browser.notifications.create({ type: 'basic' });", 'notifications'],
])('a planted sign is found: %s %s', (path, text, name) => {
  expect(shownBy(path, text)).toContain(name);
});
