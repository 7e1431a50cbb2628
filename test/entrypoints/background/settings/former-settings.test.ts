/** Settings as an earlier version stored them, under the names they had then. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import * as owner from '../../../../entrypoints/background/settings/settings-owner';
import { readRetention, watchRetention } from '../../../../utils/browser/history/retention';
import {
  localizedBuiltins,
  readPresets,
  readUnknownParts,
} from '../../../../utils/browser/settings/settings';
import { errorCode } from '../../../../utils/core/errors';
import type { PresetList } from '../../../../utils/core/prompts/preset';
import { isChanged } from '../../../../utils/core/prompts/preset-list';
import { emptyProfile } from '../../../fixtures/key-storage';

const { presets: PRESETS, ...FORMER } = JSON.parse(
  readFileSync('test/fixtures/former/settings.json', 'utf8'),
) as { presets: PresetList };
const RETENTION = { kind: 'entries', entries: 50 };

beforeEach(emptyProfile);

const disk = () => fakeBrowser.storage.local.get();

describe('the retention of an earlier version', () => {
  beforeEach(() => fakeBrowser.storage.local.set(FORMER));

  it('counts before it is taken over, and is then stored under its present name', async () => {
    expect(await readRetention()).toEqual(RETENTION);
    const changed = vi.fn<() => void>();
    const stop = watchRetention(changed);
    await owner.takeOverFormer();
    stop();
    expect(changed).toHaveBeenCalled();
    expect(await disk()).toEqual({ historyRetention: RETENTION });
    expect(await readRetention()).toEqual(RETENTION);
    await owner.takeOverFormer();
    expect(await disk()).toEqual({ historyRetention: RETENTION });
  });

  it('gives way to one that is chosen before it is taken over', async () => {
    const chosen = { kind: 'days', days: 7 } as const;
    await Promise.all([owner.setRetention(chosen), owner.takeOverFormer()]);
    expect(await disk()).toEqual({ historyRetention: chosen });
  });

  it('is taken over once more where that was cut short', async () => {
    const { storage } = fakeBrowser;
    vi.spyOn(storage.local, 'remove').mockRejectedValueOnce(new Error('it died'));
    expect(await owner.takeOverFormer().catch(errorCode)).toBe('storageFailed');
    expect(await disk()).toEqual({ ...FORMER, historyRetention: RETENTION });
    expect(await readRetention()).toEqual(RETENTION);
    await owner.takeOverFormer();
    expect(await disk()).toEqual({ historyRetention: RETENTION });
  });

  it('does not count beside one of the present name, and is removed', async () => {
    const chosen = { kind: 'nothing' };
    await fakeBrowser.storage.local.set({ historyRetention: chosen });
    expect(await readRetention()).toEqual(chosen);
    await owner.takeOverFormer();
    expect(await disk()).toEqual({ historyRetention: chosen });
  });

  it.each<[string, Record<string, object>]>([
    ['under its former name', { historyKeeping: { kind: 'forever' } }],
    ['under its former name, by its version', { historyKeeping$: { v: 2 } }],
    ['under its present name', { historyRetention: { kind: 'forever' } }],
    [
      'under its present name, by its version',
      { historyRetention: RETENTION, historyRetention$: { v: 2 } },
    ],
  ])('that a newer Descry stored %s is left alone, until it is replaced', async (_, newer) => {
    vi.spyOn(console, 'error').mockReturnValue();
    await fakeBrowser.storage.local.set(newer);
    await owner.takeOverFormer();
    expect(await disk()).toEqual({ ...FORMER, ...newer });
    expect(await readRetention()).toEqual({ kind: 'unknown' });
    const chosen = { kind: 'days', days: 7 } as const;
    expect(await owner.setRetention(chosen).catch(errorCode)).toBe('settingsNewer');
    expect(await disk()).toEqual({ ...FORMER, ...newer });
    await owner.setRetention(chosen, { replacesUnknown: true });
    expect(await disk()).toEqual({ historyRetention: chosen, historyRetention$: { v: 1 } });
    expect(await readRetention()).toEqual(chosen);
  });
});

describe('the presets of an earlier version', () => {
  const [altText, ...written] = PRESETS.presets;
  beforeEach(() => fakeBrowser.storage.local.set({ presets: PRESETS }));

  it('have the present built-in text where it was not edited, and else what was written', async () => {
    const builtins = localizedBuiltins();
    const { presets, defaultId } = await readPresets();
    expect(presets).toEqual([{ ...altText, prompt: builtins[0]?.prompt }, ...written]);
    expect(defaultId).toBe('mine');
    expect(presets.map((each) => isChanged(each, builtins))).toEqual([false, true, false]);
    expect(await readUnknownParts()).toEqual([]);
  });

  it('are stored so with the next change', async () => {
    const { presets } = await readPresets();
    await owner.changePresets({ kind: 'makeDefault', id: 'alt-text' });
    expect(await disk()).toEqual({ presets: { presets, defaultId: 'alt-text' } });
    const names = presets.map(({ prompt }) => /{(?:role|purpose)}/.exec(prompt)?.[0]);
    expect(names).toEqual(['{purpose}', '{role}', '{role}']);
  });
});

it('where an earlier version stored nothing, nothing is written', async () => {
  await owner.takeOverFormer();
  expect(await disk()).toEqual({});
  expect(await readRetention()).toEqual({ kind: 'days', days: 90 });
});
