import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  forgetAllKeys,
  forgetKey,
  keyedConnections,
  keyState,
  lockKeys,
  prepareKeys,
  readKeys,
  saveKey,
  setOncePlainTold,
  setPassphrase,
  unlockKeys,
  wereOncePlain,
} from '../../../../utils/browser/settings/keys';
import {
  disk,
  emptyProfile,
  FORMAT_1,
  format1UnderDeviceKey,
  loseDeviceKeys,
  onDisk,
  restart,
  storedKeys,
} from '../../../fixtures/key-storage';

beforeEach(emptyProfile);

describe('keys of earlier versions', () => {
  /** As version 0.1 stored them under "correct horse": made with it, and not to be changed. */
  const LOCKED = {
    ids: ['a'],
    salt: '0CcNm0vJoeFyDoA3EuO5tQ==',
    iterations: 600_000,
    iv: 'xHeWgP2XOqzbdDgB',
    data: '1MuVi7tBoghP5VspMnn5l5DC2IzN1r7mbBP21eVe',
  };

  it('in plain text are encrypted once, and the person is told once', async () => {
    await fakeBrowser.storage.local.set({ keys: { a: 'sk-one', b: 'sk-two' }, keys$: { v: 1 } });
    // A click may come before the start has ended.
    const [keys] = await Promise.all([readKeys(), prepareKeys()]);
    expect(keys).toEqual({ a: 'sk-one', b: 'sk-two' });
    expect(await onDisk()).not.toMatch(/sk-/);
    expect(Object.keys(await disk())).toEqual(
      ['encryptedKeys', 'encryptedKeys$'].filter((each) => each !== 'encryptedKeys$'),
    );
    expect(await wereOncePlain()).toBe(true);
    const data = (await storedKeys())?.data;
    await restart();
    expect((await storedKeys())?.data).toBe(data);
    await saveKey('c', 'sk-three');
    expect(await wereOncePlain()).toBe(true);
    await setOncePlainTold();
    expect(await wereOncePlain()).toBe(false);
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two', c: 'sk-three' });
  });

  it('under a passphrase stay under it', async () => {
    await fakeBrowser.storage.local.set({ lockedKeys: LOCKED });
    await prepareKeys();
    expect(await keyState()).toBe('locked');
    expect([...(await keyedConnections())]).toEqual(['a']);
    expect(Object.keys(await disk())).not.toContain('lockedKeys');
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    expect(await wereOncePlain()).toBe(true);
  });

  it('in plain text beside locked ones, of a change that was cut short, are removed', async () => {
    await fakeBrowser.storage.local.set({ lockedKeys: LOCKED, keys: { a: 'sk-one' } });
    await prepareKeys();
    expect(await onDisk()).not.toMatch(/sk-/);
    expect(await keyState()).toBe('locked');
  });

  it('are taken over once more where that was cut short', async () => {
    await fakeBrowser.storage.local.set({ keys: { a: 'sk-one' } });
    const remove = vi
      .spyOn(fakeBrowser.storage.local, 'remove')
      .mockRejectedValueOnce(new Error('it died'));
    await expect(prepareKeys()).rejects.toThrow('it died');
    expect(remove).toHaveBeenCalled();
    await restart();
    expect(await onDisk()).not.toMatch(/sk-/);
    expect(await readKeys()).toEqual({ a: 'sk-one' });
  });
});

describe('keys under one cipher, as format 1 had them', () => {
  it('without a passphrase get one each at the next start', async () => {
    const encryptedKeys = await format1UnderDeviceKey({ a: 'sk-one', b: 'sk-two' });
    await fakeBrowser.storage.local.set({ encryptedKeys });
    expect([...(await keyedConnections())]).toEqual(['a', 'b']);
    await restart();
    expect((await storedKeys())?.format).toBe(2);
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
  });

  it('without what opens them stay, so that each is asked for again', async () => {
    const encryptedKeys = await format1UnderDeviceKey({ a: 'sk-one' });
    await fakeBrowser.storage.local.set({ encryptedKeys });
    await loseDeviceKeys();
    await restart();
    expect(await disk()).toEqual({ encryptedKeys });
  });

  it('under a passphrase get one each as they are unlocked, and one forgotten before is gone', async () => {
    await fakeBrowser.storage.local.set({ encryptedKeys: FORMAT_1 });
    await restart();
    expect(await keyState()).toBe('locked');
    await forgetKey('a');
    expect([...(await keyedConnections())]).toEqual(['b']);
    expect(await unlockKeys('wrong')).toBe(false);
    expect(await unlockKeys('correct horse')).toBe(true);
    expect((await storedKeys())?.format).toBe(2);
    expect(await readKeys()).toEqual({ b: 'sk-two' });
    await restart();
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ b: 'sk-two' });
  });
});

describe('keys that do not parse', () => {
  const refused = { code: 'keysUnreadable' };

  it('one among many: the others are read, nothing is lost, and no log has any', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    await fakeBrowser.storage.local.set({ keys: { a: 'sk-one', b: 5 } });
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    const before = await disk();
    await expect(saveKey('c', 'sk-three')).rejects.toMatchObject(refused);
    await expect(forgetKey('a')).rejects.toMatchObject(refused);
    await expect(setPassphrase('correct horse')).rejects.toMatchObject(refused);
    expect(await disk()).toEqual(before);
    expect([...(await keyedConnections())]).toEqual(['a', 'b']);
    await restart();
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    expect(log).not.toHaveBeenCalled();
  });

  it.each([
    ['a newer version', { encryptedKeys: { format: 3, ids: ['a'], data: 'more' } }],
    [
      'another kind of protection',
      {
        encryptedKeys: {
          format: 1,
          ids: ['a'],
          protection: { kind: 'passkey' },
          iv: 'AAAA',
          data: 'AAAA',
        },
      },
    ],
  ])('of %s stay as they are until all are forgotten', async (_what, items) => {
    await fakeBrowser.storage.local.set(items);
    await prepareKeys();
    expect(await readKeys()).toEqual({});
    expect(await keyState()).toBe('unreadable');
    expect([...(await keyedConnections())]).toEqual(['a']);
    await expect(saveKey('b', 'sk-two')).rejects.toMatchObject(refused);
    await expect(forgetKey('a')).rejects.toMatchObject(refused);
    await expect(setPassphrase('correct horse')).rejects.toMatchObject(refused);
    await expect(setOncePlainTold()).rejects.toMatchObject(refused);
    await lockKeys();
    expect(await disk()).toMatchObject(items);
    await forgetAllKeys();
    expect(await storedKeys()).toBeUndefined();
    await saveKey('b', 'sk-two');
    expect(await readKeys()).toEqual({ b: 'sk-two' });
  });

  it('that are no keys at all in an earlier version stay as they are', async () => {
    await fakeBrowser.storage.local.set({ keys: 'sk-one' });
    await prepareKeys();
    expect(await keyState()).toBe('unreadable');
    await expect(saveKey('b', 'sk-two')).rejects.toMatchObject(refused);
    expect(await disk()).toEqual({ keys: 'sk-one' });
  });

  it('whose device key is gone are not taken for none', async () => {
    await saveKey('a', 'sk-one');
    const before = await disk();
    globalThis.indexedDB = new IDBFactory();
    await restart();
    expect(await readKeys()).toEqual({});
    expect([...(await keyedConnections())]).toEqual(['a']);
    expect(await disk()).toEqual(before);
  });
});
