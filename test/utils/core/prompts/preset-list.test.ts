import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  presetListSchema,
  type Preset,
  type PresetList,
} from '../../../../utils/core/prompts/preset';
import {
  addPreset,
  chooseDefault,
  copyPreset,
  importPresets,
  isChanged,
  isNeeded,
  missingBuiltins,
  movePreset,
  removePreset,
  replacePreset,
  resetToBuiltin,
  restoreMissingBuiltins,
  withPresentTexts,
} from '../../../../utils/core/prompts/preset-list';

const A: Preset = { id: 'a', name: 'A', prompt: 'Say A.', context: ['heading', 'caption'] };
const B: Preset = { id: 'b', name: 'B', prompt: 'Say B.' };
const C: Preset = { id: 'c', name: 'C', prompt: 'Compare.', compares: true };
const LIST: PresetList = { presets: [A, B, C], defaultId: 'a' };
const FULL: PresetList = {
  presets: Array.from({ length: 100 }, (_, at) => ({ ...B, id: `p${at}` })),
  defaultId: 'p0',
};

const ids = ({ presets }: PresetList) => presets.map(({ id }) => id).join('');

describe('the list of presets', () => {
  it('takes one more at its end, up to its limit', () => {
    expect(ids(addPreset(LIST, { ...B, id: 'd' }))).toBe('abcd');
    expect(addPreset(FULL, B)).toBe(FULL);
    expect(addPreset(LIST, B)).toBe(LIST);
  });

  it('takes a copy right after its original, its name cut where it is too long', () => {
    const copied = copyPreset(LIST, 'a', { id: 'd', name: `Copy of ${'A'.repeat(60)}` });
    expect(ids(copied)).toBe('adbc');
    expect(copied.presets[1]).toEqual({ ...A, id: 'd', name: `Copy of ${'A'.repeat(52)}` });
    expect(copyPreset(FULL, 'p0', { id: 'd', name: 'Copy' })).toBe(FULL);
  });

  it('loses one, and with the default the next about a single image comes first', () => {
    expect(removePreset(LIST, 'b')).toEqual({ presets: [A, C], defaultId: 'a' });
    expect(removePreset(LIST, 'a')).toEqual({ presets: [B, C], defaultId: 'b' });
  });

  it('never loses its last one about a single image', () => {
    const last = removePreset(LIST, 'a');
    expect(isNeeded(last, 'b')).toBe(true);
    expect(isNeeded(last, 'c')).toBe(false);
    expect(isNeeded(LIST, 'b')).toBe(false);
    expect(removePreset(last, 'b')).toBe(last);
    expect(replacePreset(last, { ...B, compares: true })).toBe(last);
  });

  it('moves one, and not past its ends', () => {
    expect(ids(movePreset(LIST, 'a', 1))).toBe('bac');
    expect(ids(movePreset(LIST, 'c', 0))).toBe('cab');
    expect(ids(movePreset(LIST, 'a', 9))).toBe('bca');
    expect(ids(movePreset(LIST, 'b', -4))).toBe('bac');
    expect(movePreset(LIST, 'gone', 0)).toBe(LIST);
  });

  it('has another default where one about several images was it', () => {
    expect(replacePreset(LIST, { ...A, compares: true }).defaultId).toBe('b');
    expect(chooseDefault(LIST, 'b').defaultId).toBe('b');
    expect(chooseDefault(LIST, 'c')).toBe(LIST);
    expect(chooseDefault(LIST, 'gone')).toBe(LIST);
  });
});

describe('a preset of ours', () => {
  const ours = [A, B, C];

  it('is changed where it asks something else, not where it is only offered elsewhere', () => {
    expect(isChanged(A, ours)).toBe(false);
    expect(isChanged({ ...A, hidden: true }, ours)).toBe(false);
    expect(isChanged({ ...A, context: ['caption', 'heading'], compares: false }, ours)).toBe(false);
    expect(isChanged({ ...A, prompt: 'Say a.' }, ours)).toBe(true);
    expect(isChanged({ ...A, name: 'a' }, ours)).toBe(true);
    expect(isChanged({ ...A, context: ['caption'] }, ours)).toBe(true);
    expect(isChanged({ ...B, length: 300 }, ours)).toBe(true);
    expect(isChanged({ ...B, id: 'own' }, ours)).toBe(false);
  });

  it('is reset to what it asked, and stays where it was offered', () => {
    const changed = replacePreset(LIST, { ...A, prompt: 'x', effort: 'high', hidden: true });
    expect(resetToBuiltin(changed, 'a', ours).presets[0]).toEqual({ ...A, hidden: true });
    expect(resetToBuiltin(changed, 'own', ours)).toBe(changed);
  });

  it('comes back after it was deleted', () => {
    const without = removePreset(LIST, 'a');
    expect(missingBuiltins(without, ours)).toEqual([A]);
    expect(ids(restoreMissingBuiltins(without, ours))).toBe('bca');
    expect(missingBuiltins(LIST, ours)).toEqual([]);
  });
});

it('a text of ours follows ours where nobody has edited it; all else stays as it was written', () => {
  const ours = [{ ...A, prompt: 'Say A. {purpose}' }];
  const unedited = { ...A, prompt: 'Say A. {role}', hidden: true, effort: 'high' as const };
  const edited = { ...A, prompt: 'Say A! {role}' };
  const own = { ...A, id: 'own', prompt: 'Say A. {role}' };
  expect(withPresentTexts([unedited, own, B], ours)).toEqual([
    { ...unedited, prompt: 'Say A. {purpose}' },
    own,
    B,
  ]);
  expect(withPresentTexts([edited], ours)).toEqual([edited]);
});

describe('presets from a file', () => {
  it('replace those with their ids, the others are added', () => {
    const list = replacePreset(LIST, { ...A, connectionId: 'mine' });
    const presets = [
      { ...A, prompt: 'New.' },
      { ...B, id: 'd' },
    ];
    const imported = importPresets(list, { presets });
    expect(imported).toMatchObject({ added: 1, replaced: 1 });
    expect(imported?.list.presets[0]).toEqual({ ...A, prompt: 'New.', connectionId: 'mine' });
    expect(imported && ids(imported.list)).toBe('abcd');
    expect(imported?.list.defaultId).toBe('a');
    expect(importPresets(list, { presets, defaultId: 'd' })?.list.defaultId).toBe('d');
  });

  it('are refused where the list could not be one', () => {
    expect(importPresets(FULL, { presets: [B] })).toBeUndefined();
    const single: PresetList = { presets: [B], defaultId: 'b' };
    expect(importPresets(single, { presets: [{ ...B, compares: true }] })).toBeUndefined();
  });
});

it('whatever is done, the schema takes the list', () => {
  const { presets } = LIST;
  let lists = [LIST, FULL];
  for (let round = 0; round < 3; round += 1) {
    lists = lists.flatMap((list) => [
      addPreset(list, { ...B, id: `new-${round}` }),
      copyPreset(list, 'a', { id: `copy-${round}`, name: 'x'.repeat(99) }),
      removePreset(list, list.defaultId),
      removePreset(list, 'b'),
      movePreset(list, 'c', 0),
      replacePreset(list, { ...B, compares: true }),
      restoreMissingBuiltins(list, presets),
      resetToBuiltin(list, 'b', presets),
    ]);
  }
  expect(lists).toHaveLength(2 * 8 ** 3);
  expect(lists.every((list) => v.is(presetListSchema, list))).toBe(true);
  expect(lists.every((list) => list.presets.some(({ id }) => id === list.defaultId))).toBe(true);
});
