import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { menuEntries, startContextMenus } from '../../../entrypoints/background/context-menus';
import { saveMenuEverywhere } from '../../../utils/settings/settings';

const presets = [
  { id: 'a', name: 'Alt text', prompt: 'x' },
  { id: 'b', name: 'Q & A about 50%s', prompt: 'x' },
];

const TITLES = { describe: 'Describe this image', ask: 'Ask about this image…' };

it('puts the default first and the rest in the person’s order', () => {
  const entries = menuEntries({ presets, defaultId: 'b' }, TITLES);
  expect(entries.map(({ id }) => id)).toEqual(['describe', 'preset:b', 'preset:a', 'ask']);
  expect(entries.slice(1).every(({ parentId }) => parentId === 'describe')).toBe(true);
});

it('keeps what a menu would take for an access key or for the selection', () => {
  expect(menuEntries({ presets, defaultId: 'b' }, TITLES)[1]?.title).toBe(
    'Q && A about 50%\u200Bs',
  );
});

it('leaves out what is hidden or about several pictures', () => {
  const more = [
    { id: 'c', name: 'C', prompt: 'x', hidden: true },
    { id: 'd', name: 'D', prompt: 'x', compares: true },
  ];
  const list = { presets: [...presets, ...more], defaultId: 'd' };
  expect(menuEntries(list, TITLES).map(({ id }) => id)).toEqual([
    'describe',
    'preset:a',
    'preset:b',
    'ask',
  ]);
});

describe('the menu of the browser', () => {
  interface Entry {
    id: string;
    title: string;
    contexts: string[];
  }
  type Clicked = (info: { menuItemId: string }, tab?: { id: number }) => void;

  /** The entries that are there now. */
  let entries: Entry[];
  let click: Clicked;

  beforeEach(() => {
    fakeBrowser.reset();
    entries = [];
    // The fake browser has no menus.
    Object.assign(fakeBrowser, {
      contextMenus: {
        onClicked: { addListener: (listener: Clicked) => (click = listener) },
        removeAll: () => Promise.resolve((entries = [])),
        create: (entry: Entry) => entries.push(entry),
      },
    });
  });
  afterEach(() => Reflect.deleteProperty(fakeBrowser, 'contextMenus'));

  const ids = () => entries.map(({ id }) => id);

  it('is for images alone until the person wants it everywhere', async () => {
    startContextMenus(vi.fn(), vi.fn(), vi.fn());
    await fakeBrowser.runtime.onStartup.trigger();
    await vi.waitFor(() => expect(ids()).toContain('describe'));
    expect(ids()).not.toContain('here');
    expect(entries.every(({ contexts }) => contexts.join() === 'image')).toBe(true);

    await saveMenuEverywhere(true);
    await vi.waitFor(() => expect(ids()).toContain('here'));
    const here = entries.find(({ id }) => id === 'here');
    expect(here?.title).toBe('Describe the picture here');
    expect(here?.contexts).toEqual(expect.arrayContaining(['page', 'video', 'link', 'editable']));
    // An image has the presets already.
    expect(here?.contexts).not.toContain('image');

    await saveMenuEverywhere(false);
    await vi.waitFor(() => expect(ids()).not.toContain('here'));
    expect(ids()).toContain('describe');
  });

  it('tells a preset from a click on all else, and needs a tab for both', () => {
    const onImage = vi.fn();
    const onHere = vi.fn();
    const onAsk = vi.fn();
    startContextMenus(onImage, onHere, onAsk);
    const tab = { id: 7 };
    click({ menuItemId: 'here' }, tab);
    click({ menuItemId: 'preset:a' }, tab);
    click({ menuItemId: 'ask' }, tab);
    click({ menuItemId: 'here' });
    expect(onAsk.mock.calls).toEqual([[{ info: { menuItemId: 'ask' }, tab }]]);
    expect(onHere.mock.calls).toEqual([[{ info: { menuItemId: 'here' }, tab }]]);
    expect(onImage.mock.calls).toEqual([
      [{ presetId: 'a', info: { menuItemId: 'preset:a' }, tab }],
    ]);
  });
});
