import { beforeEach, describe, expect, it } from 'vitest';
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
} from '../../../utils/settings/keys';
import { unlockWith, type LockedKeys } from '../../../utils/settings/locked-keys';

beforeEach(() => fakeBrowser.reset());

const onDisk = async () => JSON.stringify(await fakeBrowser.storage.local.get());

describe('keys', () => {
  it('are kept without what was pasted around them, and forgotten one by one', async () => {
    await saveKey('a', ' sk-one\n');
    await saveKey('b', 'sk-two');
    expect(await readKeys()).toEqual({ a: 'sk-one', b: 'sk-two' });
    await forgetKey('a');
    expect(await readKeys()).toEqual({ b: 'sk-two' });
    expect(await keyState()).toBe('unprotected');
  });

  it('leave the disk with a passphrase, and come back without one', async () => {
    await saveKey('a', 'sk-one');
    await setPassphrase('correct horse');
    expect(await onDisk()).not.toContain('sk-one');
    expect(await readKeys()).toEqual({ a: 'sk-one' });
    await saveKey('b', 'sk-two');
    expect(await onDisk()).not.toContain('sk-two');
    await removePassphrase();
    expect(await onDisk()).toContain('sk-two');
    expect(await keyState()).toBe('unprotected');
  });

  it('are none while they are locked, though it is known whose they are', async () => {
    await saveKey('a', 'sk-one');
    await setPassphrase('correct horse');
    await lockKeys();
    expect(await keyState()).toBe('locked');
    expect(await readKeys()).toEqual({});
    expect([...(await keyedConnections())]).toEqual(['a']);
    await expect(saveKey('b', 'sk-two')).rejects.toMatchObject({ code: 'keysLocked' });
    await expect(setPassphrase('another')).rejects.toMatchObject({ code: 'keysLocked' });
    expect(await unlockKeys('wrong')).toBe(false);
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ a: 'sk-one' });
  });

  it('that are forgotten while they are locked are gone once they are opened', async () => {
    await saveKey('a', 'sk-one');
    await saveKey('b', 'sk-two');
    await setPassphrase('correct horse');
    await lockKeys();
    const before = await fakeBrowser.storage.local.get('lockedKeys');
    await forgetKey('a');
    expect([...(await keyedConnections())]).toEqual(['b']);
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKeys()).toEqual({ b: 'sk-two' });
    // On the disk, too: what lies there now opens to the other one alone.
    const after = await fakeBrowser.storage.local.get('lockedKeys');
    const dataOf = ({ lockedKeys }: Record<string, unknown>) => (lockedKeys as LockedKeys).data;
    expect(dataOf(after)).not.toBe(dataOf(before));
    const opened = await unlockWith('correct horse', after['lockedKeys'] as LockedKeys);
    expect(opened?.keys).toEqual({ b: 'sk-two' });
  });

  it('are all forgotten, locked or not', async () => {
    await saveKey('a', 'sk-one');
    await setPassphrase('correct horse');
    await lockKeys();
    await forgetAllKeys();
    expect(await keyState()).toBe('unprotected');
    expect(await readKeys()).toEqual({});
    expect(await onDisk()).not.toContain('lockedKeys":');
  });

  it('that do not parse are none, and lose nothing else', async () => {
    await fakeBrowser.storage.local.set({ keys: { a: 5 } });
    expect(await readKeys()).toEqual({});
  });
});
