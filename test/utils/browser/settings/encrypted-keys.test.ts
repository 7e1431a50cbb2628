import { describe, expect, it } from 'vitest';
import {
  cipherOf,
  decryptKeys,
  deriveSecret,
  encryptKeys,
  generateDeviceKey,
} from '../../../../utils/browser/settings/encrypted-keys';

const KEYS = { a: 'sk-one', b: 'sk-two' };
const READ = { keys: KEYS, complete: true };

async function lockedWith(passphrase: string) {
  const secret = await deriveSecret(passphrase);
  return await encryptKeys(KEYS, await cipherOf(secret));
}

async function openedWith(passphrase: string, stored: Awaited<ReturnType<typeof lockedWith>>) {
  if (stored.protection.kind !== 'passphrase') throw new Error('not under a passphrase');
  const secret = await deriveSecret(passphrase, stored.protection);
  return await decryptKeys(stored, (await cipherOf(secret)).key);
}

describe('keys under a passphrase', () => {
  it('open with it alone, and tell nothing without it', async () => {
    const stored = await lockedWith('correct horse');
    expect(JSON.stringify(stored)).not.toMatch(/sk-one|sk-two/);
    expect(stored.ids).toEqual(['a', 'b']);
    const { protection } = stored;
    expect(protection.kind === 'passphrase' && protection.iterations).toBeGreaterThanOrEqual(
      600_000,
    );
    expect(await openedWith('correct horse', stored)).toEqual(READ);
    expect(await openedWith('correct horsf', stored)).toBeUndefined();
    expect(await openedWith('', stored)).toBeUndefined();
  });

  it('are encrypted anew after a change, never with the same vector', async () => {
    const cipher = await cipherOf(await deriveSecret('correct horse'));
    const [one, other] = [await encryptKeys(KEYS, cipher), await encryptKeys(KEYS, cipher)];
    expect(other.iv).not.toBe(one.iv);
    expect(await openedWith('correct horse', other)).toEqual(READ);
  });

  it('have a salt of their own each time', async () => {
    const [one, other] = await Promise.all([deriveSecret('same'), deriveSecret('same')]);
    expect(one.salt).not.toBe(other.salt);
    expect(one.bits).not.toBe(other.bits);
  });

  it('do not open when what is stored was changed', async () => {
    const stored = await lockedWith('correct horse');
    const data = `${stored.data.startsWith('A') ? 'B' : 'A'}${stored.data.slice(1)}`;
    expect(await openedWith('correct horse', { ...stored, data })).toBeUndefined();
  });

  it('cannot be given to one another: the key of one server never goes to another', async () => {
    const { keys, ...stored } = await lockedWith('correct horse');
    const swapped = Object.values(keys).map((each, at) => [at === 0 ? 'b' : 'a', each] as const);
    const changed = { ...stored, keys: Object.fromEntries(swapped) };
    const opened = await openedWith('correct horse', changed);
    expect(opened).toEqual({ keys: {}, complete: false });
  });

  it('take a passphrase however its letters were composed', async () => {
    expect(await openedWith('café au lait', await lockedWith('cafe\u0301 au lait'))).toEqual(READ);
  });
});

describe('keys under a device key', () => {
  const protection = { kind: 'device', keyId: 'one' } as const;

  it('open with it alone, and nobody can read its bytes', async () => {
    const [key, other] = [await generateDeviceKey(), await generateDeviceKey()];
    const stored = await encryptKeys(KEYS, { protection, key });
    expect(JSON.stringify(stored)).not.toMatch(/sk-one|sk-two/);
    expect(await decryptKeys(stored, key)).toEqual(READ);
    expect(await decryptKeys(stored, other)).toBeUndefined();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow(/extract/);
  });

  it('are read as far as they are keys, and what is not is told', async () => {
    const key = await generateDeviceKey();
    const mixed = await encryptKeys({ a: 'sk-one', b: 5 }, { protection, key });
    expect(await decryptKeys(mixed, key)).toEqual({ keys: { a: 'sk-one' }, complete: false });
  });
});
