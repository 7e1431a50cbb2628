import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  forgetAllKeys,
  forgetKey,
  keyedConnections,
  keyState,
  lockKeys,
  readKeys,
  removePassphrase,
  saveKey,
  setPassphrase,
  unlockKeys,
} from '../../../../utils/browser/settings/keys';
import {
  deviceKeys,
  emptyProfile,
  loseDeviceKeys,
  onDisk,
  restart,
  storedKeys,
} from '../../../fixtures/key-storage';
import { withQuickPassphrases } from '../../../fixtures/quick-passphrase';

withQuickPassphrases();
beforeEach(emptyProfile);

describe('keys', () => {
  it('are stored without what was pasted around them, and forgotten one by one', async () => {
    await saveKey('a', ' "sk-\u200bone"\n');
    await saveKey('b', 'sk-two');
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
    await forgetKey('a');
    expect(await readKeys()).toEqual({ b: 'sk-two' });
    expect([...(await keyedConnections())]).toEqual(['b']);
    expect(await keyState()).toBe('unprotected');
  });

  it('are never on the disk as they are, and open after a restart', async () => {
    await saveKey('a', 'sk-one');
    expect(await onDisk()).not.toContain('sk-one');
    await restart();
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    await setPassphrase('correct horse');
    await saveKey('b', 'sk-two');
    expect(await onDisk()).not.toMatch(/sk-one|sk-two/);
    await removePassphrase();
    expect(await onDisk()).not.toMatch(/sk-one|sk-two/);
    await restart();
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
    expect(await keyState()).toBe('unprotected');
  });

  it('have a device key of their own after each change, and none with a passphrase', async () => {
    await saveKey('a', 'sk-one');
    const first = await deviceKeys();
    await saveKey('b', 'sk-two');
    await forgetKey('a');
    const second = await deviceKeys();
    expect([first.length, second.length]).toEqual([1, 1]);
    expect(second).not.toEqual(first);
    await setPassphrase('correct horse');
    expect(await deviceKeys()).toEqual([]);
    await removePassphrase();
    expect(await deviceKeys()).toHaveLength(1);
    await forgetAllKeys();
    expect(await deviceKeys()).toEqual([]);
  });

  it('are none while they are locked, though it is known whose they are', async () => {
    await saveKey('a', 'sk-one');
    await setPassphrase('correct horse');
    expect(await keyState()).toBe('unlocked');
    await lockKeys();
    expect(await keyState()).toBe('locked');
    expect(await readKeys()).toEqual({});
    expect([...(await keyedConnections())]).toEqual(['a']);
    await expect(saveKey('b', 'sk-two')).rejects.toMatchObject({ code: 'keysLocked' });
    await expect(setPassphrase('another')).rejects.toMatchObject({ code: 'keysLocked' });
    await expect(removePassphrase()).rejects.toMatchObject({ code: 'keysLocked' });
    expect(await unlockKeys('wrong')).toBe(false);
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    await restart();
    expect(await keyState()).toBe('locked');
  });

  it('whose device key is gone are asked for again, and kept while they are open', async () => {
    await saveKey('a', 'sk-one');
    await saveKey('b', 'sk-two');
    await loseDeviceKeys();
    await saveKey('b', 'sk-new');
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-new' });
    await restart();
    await loseDeviceKeys();
    expect(await readKeys()).toEqual({});
    expect([...(await keyedConnections())]).toEqual(['a', 'b']);
    await saveKey('a', 'sk-again');
    expect([...(await keyedConnections())]).toEqual(['a']);
    await restart();
    expect(await readKeys()).toEqual({ a: 'sk-again' });
  });

  it('that are forgotten while they are locked are destroyed at once', async () => {
    await saveKey('a', 'sk-one');
    await saveKey('b', 'sk-two');
    await setPassphrase('correct horse');
    await lockKeys();
    await forgetKey('a');
    expect([...(await keyedConnections())]).toEqual(['b']);
    // Whoever has the passphrase finds nothing more than its owner does.
    await fakeBrowser.storage.local.set({
      encryptedKeys: { ...(await storedKeys()), ids: ['a', 'b'] },
    });
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ b: 'sk-two' });
    await lockKeys();
    await forgetKey('b');
    expect(await unlockKeys('wrong')).toBe(false);
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({});
  });

  it('are all forgotten, locked or not', async () => {
    await saveKey('a', 'sk-one');
    await setPassphrase('correct horse');
    await lockKeys();
    await forgetAllKeys();
    expect(await keyState()).toBe('unprotected');
    expect(await readKeys()).toEqual({});
    expect(await storedKeys()).toBeUndefined();
  });

  it('that are saved while a passphrase is being set are under it, too', async () => {
    await saveKey('a', 'sk-one');
    await Promise.all([setPassphrase('correct horse'), saveKey('b', 'sk-two')]);
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
    await restart();
    expect(await readKeys()).toEqual({});
    await unlockKeys('correct horse');
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
  });

  it('that are saved at once are all stored', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => `connection ${at}`);
    await Promise.all(ids.map((id) => saveKey(id, `sk-${id.at(-1)}`)));
    expect(Object.keys(await readKeys()).toSorted()).toEqual(ids.toSorted());
  });

  it('are read without a database by a worker that wakes', async () => {
    await saveKey('a', 'sk-one');
    const open = vi.spyOn(indexedDB, 'open');
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    expect(open).not.toHaveBeenCalled();
  });
});
