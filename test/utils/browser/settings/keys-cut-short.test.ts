import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  forgetAllKeys,
  forgetKey,
  lockKeys,
  prepareKeys,
  readKeys,
  removePassphrase,
  saveKey,
  setPassphrase,
  unlockKeys,
} from '../../../../utils/browser/settings/keys';
import {
  deviceKeys,
  emptyProfile,
  FORMAT_1,
  format1UnderDeviceKey,
  onDisk,
  restart,
  storedKeys,
} from '../../../fixtures/key-storage';
import { withQuickPassphrases } from '../../../fixtures/quick-passphrase';

withQuickPassphrases(FORMAT_1.protection.salt);

const PASSPHRASE = 'correct horse';
const FORMER_PASSPHRASE = 'another one';
const OLD = { a: 'sk-one', b: 'sk-two' };

interface Change {
  before?: () => Promise<unknown>;
  change: () => Promise<unknown>;
  after: Record<string, string>;
}

const CHANGES: Record<string, Change> = {
  saving: { change: () => saveKey('c', 'sk-three'), after: { ...OLD, c: 'sk-three' } },
  forgetting: { change: () => forgetKey('a'), after: { b: 'sk-two' } },
  'forgetting all': { change: forgetAllKeys, after: {} },
  'setting a passphrase': { change: () => setPassphrase(PASSPHRASE), after: OLD },
  'changing it': {
    before: () => setPassphrase(FORMER_PASSPHRASE),
    change: () => setPassphrase(PASSPHRASE),
    after: OLD,
  },
  'removing it': {
    before: () => setPassphrase(PASSPHRASE),
    change: removePassphrase,
    after: OLD,
  },
  'unlocking after one was forgotten': {
    async before() {
      await setPassphrase(PASSPHRASE);
      await lockKeys();
      await forgetKey('a');
    },
    change: () => unlockKeys(PASSPHRASE),
    after: { b: 'sk-two' },
  },
  'unlocking keys of format 1': {
    async before() {
      emptyProfile();
      await fakeBrowser.storage.local.set({ encryptedKeys: FORMAT_1 });
    },
    change: () => unlockKeys(PASSPHRASE),
    after: OLD,
  },
  'taking over keys of format 1': {
    async before() {
      emptyProfile();
      const encryptedKeys = await format1UnderDeviceKey(OLD);
      await fakeBrowser.storage.local.set({ encryptedKeys });
    },
    change: prepareKeys,
    after: OLD,
  },
  'taking over what was in plain text': {
    async before() {
      emptyProfile();
      await fakeBrowser.storage.local.set({ keys: OLD });
    },
    change: readKeys,
    after: OLD,
  },
};

it.each(Object.entries(CHANGES))(
  'a change that dies at any step leaves the old keys or the new ones, whole: %s',
  async (_what, { before, change, after }) => {
    let steps = 0;
    for (let died = true; died; steps += 1) {
      emptyProfile();
      await saveKey('a', OLD.a);
      await saveKey('b', OLD.b);
      await before?.();
      died = await diesAfter(steps, change);
      expect([OLD, after]).toContainEqual(await keysNow());
      await restart();
      const keys = await keysNow();
      expect(died ? [OLD, after] : [after]).toContainEqual(keys);
      // One protection, and nothing left that another one needs.
      const protection = (await storedKeys())?.protection;
      expect(await deviceKeys()).toEqual(protection?.kind === 'device' ? [protection.keyId] : []);
      expect(await onDisk()).not.toMatch(/sk-/);
    }
    expect(steps).toBeGreaterThan(2);
  },
);

/** The keys, with either passphrase where one is needed. */
async function keysNow() {
  for (const each of [PASSPHRASE, FORMER_PASSPHRASE]) await unlockKeys(each);
  return await readKeys();
}

/** Lets so many writes through, to whatever storage, and none after. False where that was enough. */
async function diesAfter(steps: number, change: () => Promise<unknown>): Promise<boolean> {
  let left = steps;
  const { local, session } = fakeBrowser.storage;
  const writes: [object, string][] = [
    [local, 'set'],
    [local, 'remove'],
    [session, 'set'],
    [session, 'remove'],
    [indexedDB, 'open'],
    [indexedDB, 'deleteDatabase'],
  ];
  const spies = writes.map(([where, name]) => {
    const write = Reflect.get(where, name) as (...args: unknown[]) => unknown;
    const spy = vi.spyOn(where as Record<string, typeof write>, name);
    return spy.mockImplementation((...args) => {
      left -= 1;
      if (left < 0) throw new Error('the process has died');
      return write.apply(where, args);
    });
  });
  await change().catch(() => undefined);
  for (const spy of spies) spy.mockRestore();
  return left < 0;
}
