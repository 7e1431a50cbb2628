import { expect, it } from 'vitest';
import { menuEntries } from '../../../entrypoints/background/context-menus';

const presets = [
  { id: 'a', name: 'Alt text', prompt: 'x' },
  { id: 'b', name: 'Q & A about 50%s', prompt: 'x' },
];

it('puts the default first and the rest in the person’s order', () => {
  const entries = menuEntries({ presets, defaultId: 'b' }, 'Describe this image');
  expect(entries.map(({ id }) => id)).toEqual(['describe', 'preset:b', 'preset:a']);
  expect(entries.slice(1).every(({ parentId }) => parentId === 'describe')).toBe(true);
});

it('keeps what a menu would take for an access key or for the selection', () => {
  expect(menuEntries({ presets, defaultId: 'b' }, 'x')[1]?.title).toBe('Q && A about 50%\u200Bs');
});

it('offers a single preset without a menu of its own', () => {
  const list = { presets: presets.slice(0, 1), defaultId: 'a' };
  expect(menuEntries(list, 'Describe this image')).toEqual([
    { id: 'preset:a', title: 'Describe this image' },
  ]);
});
