import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import * as owner from '../../../../entrypoints/background/settings/settings-owner';
import { readRetention } from '../../../../utils/browser/history/retention';
import { errorCode } from '../../../../utils/core/errors';
import { connectionChange } from '../../../../utils/browser/settings/changes';
import { keyState, readKeys } from '../../../../utils/browser/settings/keys';
import { presetEdit } from '../../../../utils/core/prompts/preset-change';
import {
  readConnections,
  readMenuEverywhere,
  readPresets,
  readUnknownParts,
  SETTINGS_PARTS,
} from '../../../../utils/browser/settings/settings';
import { emptyProfile } from '../../../fixtures/key-storage';
import { withQuickPassphrases } from '../../../fixtures/quick-passphrase';

withQuickPassphrases();

const fields = {
  provider: 'custom',
  baseUrl: 'https://a.example.com/v1',
  model: 'gpt-6-luna',
} as const;
const add = (id: string, more: object = {}, key?: string) =>
  owner.saveConnection(connectionChange(id, { ...fields, ...more }), key);
const change = (id: string, changed: Parameters<typeof connectionChange>[1]) =>
  owner.saveConnection(connectionChange(id, changed));
const stored = async () => (await fakeBrowser.storage.local.get())['connections'];

/** The hosts given back. */
const givenBack: string[][] = [];

beforeEach(() => {
  emptyProfile();
  givenBack.length = 0;
  Object.assign(fakeBrowser, {
    permissions: {
      remove: ({ origins }: { origins: string[] }) => {
        givenBack.push(origins);
        return Promise.resolve(true);
      },
    },
  });
});

describe('changes at once', () => {
  it('of two connections are both kept', async () => {
    await Promise.all([add('a'), add('b')]);
    await Promise.all([change('a', { monthlyCap: 1 }), change('b', { monthlyCap: 2 })]);
    expect((await readConnections()).map(({ monthlyCap }) => monthlyCap)).toEqual([1, 2]);
  });

  it('of two fields of one connection are both kept', async () => {
    await add('a', { monthlyCap: 1, takesUrls: true });
    await Promise.all([
      change('a', { name: 'At work' }),
      change('a', { monthlyCap: undefined }),
      change('a', { firstWordSeconds: 30 }),
    ]);
    expect(await readConnections()).toEqual([
      { ...fields, id: 'a', name: 'At work', takesUrls: true, firstWordSeconds: 30 },
    ]);
  });

  it('of keys are all kept, one saved while a passphrase is being set among them', async () => {
    await Promise.all([add('a', {}, 'sk-a'), add('b', {}, 'sk-b')]);
    await Promise.all([owner.setPassphrase('correct horse'), add('c', {}, 'sk-c')]);
    expect(await readKeys()).toEqual({ a: 'sk-a', b: 'sk-b', c: 'sk-c' });
    expect(await keyState()).toBe('unlocked');
    expect(JSON.stringify(await fakeBrowser.storage.local.get())).not.toContain('sk-');
  });

  it('of presets are all kept', async () => {
    const preset = (id: string) => ({ id, name: id, prompt: 'Say it.' });
    const presets = { presets: ['a', 'b', 'c'].map(preset), defaultId: 'a' };
    await fakeBrowser.storage.local.set({ presets });
    await Promise.all([
      owner.changePresets(presetEdit('a', { name: 'A' })),
      owner.changePresets(presetEdit('a', { slot: 1 })),
      owner.changePresets({ kind: 'remove', id: 'b' }),
      owner.changePresets({ kind: 'add', preset: preset('d') }),
      owner.changePresets({ kind: 'makeDefault', id: 'c' }),
    ]);
    expect(await readPresets()).toEqual({
      presets: [{ ...preset('a'), name: 'A', slot: 1 }, preset('c'), preset('d')],
      defaultId: 'c',
    });
    const gone = owner.changePresets(presetEdit('b', { name: 'B' })).catch(errorCode);
    expect(await gone).toBe('unexpected');
  });

  it('of sites, prices and retention are all kept', async () => {
    const price = { input: 1, output: 2 };
    await Promise.all([
      owner.setSitePageContext('a.example.com', true),
      owner.setSitePageContext('b.example.com', true),
      owner.keepListedPrices('a', [{ id: 'x', price }]),
      owner.keepListedPrices('b', [{ id: 'y', price }]),
      owner.setRetention({ kind: 'entries', entries: 10 }),
    ]);
    expect(await fakeBrowser.storage.local.get()).toMatchObject({
      sitesWithoutPageContext: ['a.example.com', 'b.example.com'],
      listedPrices: { a: { x: [1, 2] }, b: { y: [1, 2] } },
      historyRetention: { kind: 'entries', entries: 10 },
    });
  });

  it('that fail hold up none after them', async () => {
    const failing = change('gone', { monthlyCap: 1 }).catch(errorCode);
    await Promise.all([failing, add('a')]);
    expect(await failing).toBe('noConnection');
    expect(await readConnections()).toHaveLength(1);
  });

  it('of a connection that is gone say so', async () => {
    await add('a');
    expect(await owner.setDefaultConnection('b').catch(errorCode)).toBe('noConnection');
    expect(await readConnections()).toHaveLength(1);
  });

  it('say so where the browser could not store them', async () => {
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('full'));
    expect(await add('a').catch(errorCode)).toBe('storageFailed');
  });
});

describe('a key', () => {
  it('does not follow its connection to another server', async () => {
    await add('a', {}, 'sk-a');
    await change('a', { baseUrl: 'https://a.example.com/v2' });
    expect(await readKeys()).toEqual({ a: 'sk-a' });
    await change('a', { baseUrl: 'https://b.example.com/v1' });
    expect(await readKeys()).toEqual({});
  });

  it.each<[string, Record<string, unknown>]>([
    ['all of a newer version', { encryptedKeys: { format: 99, ids: ['z'] } }],
    ['one of them no key', { keys: { z: 5 } }],
  ])('that cannot be stored changes nothing else: %s', async (_, items) => {
    await add('a', { monthlyCap: 1 });
    await fakeBrowser.storage.local.set(items);
    const set = { baseUrl: 'https://b.example.com/v1', monthlyCap: 100 };
    const saved = owner.saveConnection(connectionChange('a', set), 'sk-a');
    expect(await saved.catch(errorCode)).toBe('keysUnreadable');
    expect(await stored()).toEqual([{ ...fields, id: 'a', monthlyCap: 1 }]);
  });

  it('goes with its connection', async () => {
    await add('a', {}, 'sk-a');
    await owner.removeConnection('a');
    expect(await readKeys()).toEqual({});
    expect(await readConnections()).toEqual([]);
  });
});

describe('a host', () => {
  const HOST = 'https://a.example.com/*';

  it('is given back with its connection, unless another needs it', async () => {
    await Promise.all([add('a'), add('b')]);
    await owner.removeConnection('a');
    expect(givenBack).toEqual([]);
    await owner.removeConnection('b');
    expect(givenBack).toEqual([[HOST]]);
  });

  it('is given back as the address of its connection changes', async () => {
    await add('a');
    await change('a', { baseUrl: 'https://a.example.com:8443/v2' });
    expect(givenBack).toEqual([]);
    await change('a', { baseUrl: 'https://b.example.com/v1' });
    expect(givenBack).toEqual([[HOST]]);
  });

  it('is given back where connecting came to nothing', async () => {
    await owner.giveUpConnecting(fields.baseUrl);
    await add('a', { model: '' });
    await owner.giveUpConnecting(fields.baseUrl, 'a');
    expect(givenBack).toEqual([[HOST], [HOST]]);
    // Then a model was chosen: it is a connection.
    await change('a', { model: 'gpt-6-luna' });
    await owner.giveUpConnecting(fields.baseUrl, 'a');
    expect(givenBack).toHaveLength(2);
  });
});

describe('what a newer Descry stored', () => {
  const ofTomorrow = { id: 'z', provider: 'telepathy', baseUrl: fields.baseUrl, model: 'mind-1' };

  beforeEach(() => vi.spyOn(console, 'error').mockReturnValue());

  it('is kept among the connections, and the others can be changed', async () => {
    const known = { ...fields, id: 'a', mood: 'good' };
    await fakeBrowser.storage.local.set({ connections: [known, ofTomorrow] });
    await add('b');
    await change('a', { monthlyCap: 3 });
    await owner.setDefaultConnection('b');
    expect((await readConnections()).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await stored()).toEqual([
      { ...fields, id: 'b' },
      ofTomorrow,
      { ...known, monthlyCap: 3 },
    ]);
    await owner.removeConnection('b');
    await owner.removeConnection('a');
    expect(await stored()).toEqual([ofTomorrow]);
    // It may need it.
    expect(givenBack).toEqual([]);
  });

  it('is not overwritten where it is not understood at all, or of a later version', async () => {
    const newer: Record<string, unknown>[] = [
      { connections: { list: [] } },
      { connections: [{ ...fields, id: 'a' }], connections$: { v: 2 } },
    ];
    for (const items of newer) {
      await fakeBrowser.storage.local.set(items);
      expect(await readConnections()).toEqual([]);
      expect(await add('b').catch(errorCode)).toBe('settingsNewer');
      expect(await fakeBrowser.storage.local.get()).toMatchObject(items);
    }
  });

  it('is not told on the console, where a key may be in it', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    await fakeBrowser.storage.local.set({ sitesWithoutPageContext: { secret: 'sk-secret' } });
    await owner.setSitePageContext('a.example.com', true).catch(errorCode);
    expect(JSON.stringify(log.mock.calls)).toContain('sitesWithoutPageContext');
    expect(JSON.stringify(log.mock.calls)).not.toContain('sk-secret');
  });

  it.each([
    ['historyRetention', { kind: 'forever' }, () => owner.setRetention({ kind: 'nothing' })],
    ['menuEverywhere', 'sometimes', () => owner.setMenuEverywhere(true)],
    [
      'sitesWithoutPageContext',
      { all: true },
      () => owner.setSitePageContext('a.example.com', true),
    ],
    [
      'listedPrices',
      [1],
      () => owner.keepListedPrices('a', [{ id: 'x', price: { input: 1, output: 1 } }]),
    ],
  ])('as %s is left as it is', async (key, value, write) => {
    await fakeBrowser.storage.local.set({ [key]: value });
    const outcome = await write().catch(errorCode);
    expect((await fakeBrowser.storage.local.get())[key]).toEqual(value);
    expect(outcome).toBe('settingsNewer');
  });

  it('goes when the person discards it, and what is understood stays', async () => {
    const known = { ...fields, id: 'a' };
    await add('z', {}, 'sk-z');
    await add('a', {}, 'sk-a');
    await fakeBrowser.storage.local.set({
      connections: [ofTomorrow, known],
      presets: { presets: { a: {} }, defaultId: 'a' },
      menuEverywhere: true,
      menuEverywhere$: { v: 2 },
      sitesWithoutPageContext: { all: true },
      spending: { a: 'much' },
    });
    expect(await readUnknownParts()).toEqual(SETTINGS_PARTS);
    for (const part of SETTINGS_PARTS) await owner.discardUnknown(part);
    expect(await readUnknownParts()).toEqual([]);
    expect(await stored()).toEqual([known]);
    expect(await readKeys()).toEqual({ a: 'sk-a' });
    expect(givenBack).toEqual([]);
    await owner.setMenuEverywhere(true);
    expect(await readMenuEverywhere()).toBe(true);
  });

  it('goes where another retention is chosen in its place', async () => {
    await fakeBrowser.storage.local.set({ historyRetention: { kind: 'forever' } });
    await owner.setRetention({ kind: 'nothing' }, { replacesUnknown: true });
    expect(await readRetention()).toEqual({ kind: 'nothing' });
  });
});
