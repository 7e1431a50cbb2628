import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { startContextMenus } from '../../../../entrypoints/background/menus/context-menus';
import { menuEntries } from '../../../../utils/core/prompts/menu-entries';
import { saveMenuEverywhere } from '../../../../utils/browser/settings/settings';

const presets = [
  { id: 'a', name: 'Alt text', prompt: 'x' },
  { id: 'b', name: 'Q & A about 50%s', prompt: 'x' },
];

const words = (key: string) => key;

it('puts the default first and the rest in the person’s order', () => {
  const entries = menuEntries({ presets, defaultId: 'b' }, words);
  expect(entries.map(({ id }) => id)).toEqual([
    'describe',
    'preset:b',
    'preset:a',
    'ask',
    'compareAdd',
    'compare',
  ]);
  expect(entries.slice(1).every(({ parentId }) => parentId === 'describe')).toBe(true);
});

it('keeps what a menu would take for an access key or for the selection', () => {
  expect(menuEntries({ presets, defaultId: 'b' }, words)[1]?.title).toBe('Q && A about 50%\u200Bs');
});

it('leaves out what is hidden or about several images', () => {
  const more = [
    { id: 'c', name: 'C', prompt: 'x', hidden: true },
    { id: 'd', name: 'D', prompt: 'x', compares: true },
  ];
  const list = { presets: [...presets, ...more], defaultId: 'd' };
  expect(menuEntries(list, words).map(({ id }) => id)).toEqual([
    'describe',
    'preset:a',
    'preset:b',
    'ask',
    'compareAdd',
    'compare',
  ]);
});

const never = async () => ({ compare: false, insert: false });

describe('the menu of the browser', () => {
  interface Entry {
    id: string;
    title: string;
    contexts: string[];
    visible?: boolean;
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
        update: (id: string, { visible }: { visible: boolean }) =>
          Promise.resolve(Object.assign(entries.find((each) => each.id === id) ?? {}, { visible })),
      },
    });
  });
  afterEach(() => Reflect.deleteProperty(fakeBrowser, 'contextMenus'));

  const ids = () => entries.map(({ id }) => id);

  it('is for images alone until the person wants it everywhere', async () => {
    startContextMenus(vi.fn(), never);
    await fakeBrowser.runtime.onStartup.trigger();
    await vi.waitFor(() => expect(ids()).toContain('describe'));
    expect(ids()).not.toContain('here');
    const rest = entries.filter(({ id }) => id !== 'insert');
    expect(rest.every(({ contexts }) => contexts.join() === 'image')).toBe(true);

    await saveMenuEverywhere(true);
    await vi.waitFor(() => expect(ids()).toContain('here'));
    const here = entries.find(({ id }) => id === 'here');
    expect(here?.title).toBe('Describe the image under the pointer');
    expect(here?.contexts).toEqual(expect.arrayContaining(['page', 'video', 'link', 'editable']));
    // An image has the presets already.
    expect(here?.contexts).not.toContain('image');

    await saveMenuEverywhere(false);
    await vi.waitFor(() => expect(ids()).not.toContain('here'));
    expect(ids()).toContain('describe');
  });

  it('offers to compare and to insert only while there is something to', async () => {
    const now = { compare: false, insert: false };
    const { refresh } = startContextMenus(vi.fn(), async () => ({ ...now }));
    await fakeBrowser.runtime.onStartup.trigger();
    const visible = () => entries.filter((each) => each.visible === true).map(({ id }) => id);
    await vi.waitFor(() => expect(ids()).toContain('insert'));
    expect(visible()).toEqual([]);
    now.insert = true;
    refresh();
    await vi.waitFor(() => expect(visible()).toEqual(['insert']));
    Object.assign(now, { compare: true, insert: false });
    refresh();
    await vi.waitFor(() => expect(visible()).toEqual(['compare']));
  });

  it('tells a preset from a click on all else, and needs a tab for both', () => {
    const onClick = vi.fn();
    startContextMenus(onClick, never);
    const tab = { id: 7 };
    for (const menuItemId of ['here', 'preset:a', 'ask', 'describe']) click({ menuItemId }, tab);
    click({ menuItemId: 'here' });
    expect(onClick.mock.calls).toEqual([
      [{ action: 'here', info: { menuItemId: 'here' }, tab }],
      [{ action: 'describe', presetId: 'a', info: { menuItemId: 'preset:a' }, tab }],
      [{ action: 'ask', info: { menuItemId: 'ask' }, tab }],
    ]);
  });
});
