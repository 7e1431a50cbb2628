/** Encrypted keys: the one value that is stored, and how it is made and opened. Stores nothing. */
import * as v from 'valibot';
import { base64Of, bytesOf } from '../../core/image/base64';

/** Keys by connection. */
export type Keys = Readonly<Record<string, string>>;

const base64Schema = v.pipe(v.string(), v.base64());
const iterationsSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000));

/** What opens the keys: a key of this browser profile, or one derived from a passphrase. */
const protectionSchema = v.variant('kind', [
  v.object({ kind: v.literal('device'), keyId: v.string() }),
  v.object({ kind: v.literal('passphrase'), salt: base64Schema, iterations: iterationsSchema }),
]);
export type Protection = v.InferOutput<typeof protectionSchema>;

/** Encrypted text, with the vector that it was encrypted with. */
const ciphertextSchema = v.object({ iv: base64Schema, data: base64Schema });
type Ciphertext = v.InferOutput<typeof ciphertextSchema>;

/** All that is stored about keys. It tells which connections have one, and no more. */
export const storedKeysSchema = v.object({
  /** A higher number is a newer Descry's: nothing here may change it. */
  format: v.picklist([1, 2]),
  ids: v.array(v.string()),
  protection: protectionSchema,
  /** One ciphertext for each key, so that it can be deleted while the keys are locked. */
  keys: v.optional(v.record(v.string(), ciphertextSchema), {}),
  /**
   * `{}`, so that a wrong passphrase is told from the right one where there is no key. In format 1,
   * all keys.
   */
  ...ciphertextSchema.entries,
  /** Keys were stored in plain text before: the person has not yet been told what that means. */
  oncePlain: v.optional(v.boolean()),
});
export type StoredKeys = v.InferOutput<typeof storedKeysSchema>;

/** What encrypts and decrypts, and how that is written down. */
export interface Cipher {
  protection: Protection;
  key: CryptoKey;
}

/** What a passphrase becomes, to be kept in memory while the keys are unlocked. */
export const secretSchema = v.object({
  salt: base64Schema,
  iterations: iterationsSchema,
  /** The derived bits. */
  bits: base64Schema,
});
export type Secret = v.InferOutput<typeof secretSchema>;

/**
 * Of PBKDF2 with SHA-256, as the OWASP Password Storage Cheat Sheet has it: about a third of a
 * second for us, and as long for each guess of a thief.
 */
const ITERATIONS = 600_000;
const DERIVE = 'PBKDF2';
const CIPHER = 'AES-GCM';

/** A key that can be used and stored, but whose bytes no script can read. */
export async function generateDeviceKey(): Promise<CryptoKey> {
  const algorithm = { name: CIPHER, length: 256 };
  return await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
}

/** The secret of a passphrase: a new one, or the one that was used before. */
export async function deriveSecret(
  passphrase: string,
  { salt, iterations }: Omit<Secret, 'bits'> = {
    salt: base64Of(random(16)),
    iterations: ITERATIONS,
  },
): Promise<Secret> {
  const words = utf8(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', words, DERIVE, false, ['deriveBits']);
  const how = { name: DERIVE, hash: 'SHA-256', salt: bytesOf(salt), iterations };
  const bits = base64Of(new Uint8Array(await crypto.subtle.deriveBits(how, base, 256)));
  return { salt, iterations, bits };
}

export async function cipherOf({ salt, iterations, bits }: Secret): Promise<Cipher> {
  const key = await crypto.subtle.importKey('raw', bytesOf(bits), CIPHER, false, [
    'encrypt',
    'decrypt',
  ]);
  return { protection: { kind: 'passphrase', salt, iterations }, key };
}

/** The value to store. */
export async function encryptKeys(
  keys: Readonly<Record<string, unknown>>,
  { protection, key }: Cipher,
): Promise<StoredKeys> {
  const encrypted = Object.entries(keys).map(
    async ([id, value]) => [id, await encrypt(JSON.stringify(value), key, id)] as const,
  );
  return {
    format: 2,
    ids: Object.keys(keys),
    protection,
    keys: Object.fromEntries(await Promise.all(encrypted)),
    ...(await encrypt('{}', key)),
  };
}

/** What was found under the encryption. */
export interface DecryptedKeys {
  keys: Keys;
  /** False where there is more than could be read: what is written over it would be lost. */
  complete: boolean;
}

/** The keys that can be read; `undefined` where this is not what they were encrypted with. */
export async function decryptKeys(
  { ids, keys, ...together }: Pick<StoredKeys, 'ids' | 'keys' | 'iv' | 'data'>,
  key: CryptoKey,
): Promise<DecryptedKeys | undefined> {
  const former = await decrypt(together, key);
  if (former === undefined) return undefined;
  try {
    const apart = Object.entries(keys).map(async ([id, ciphertext]) => {
      const words = await decrypt(ciphertext, key, id);
      return [id, words === undefined ? undefined : (JSON.parse(words) as unknown)] as const;
    });
    const all = Object.entries({
      ...v.parse(v.record(v.string(), v.unknown()), JSON.parse(former)),
      ...Object.fromEntries(await Promise.all(apart)),
      // One that was forgotten while the keys of format 1 were locked is still among them.
    }).filter(([id]) => ids.includes(id));
    const readable = all.filter((each): each is [string, string] => typeof each[1] === 'string');
    return { keys: Object.fromEntries(readable), complete: readable.length === all.length };
  } catch {
    return { keys: {}, complete: false };
  }
}

/** @param id the connection of a key: its ciphertext is that of no other connection. */
async function encrypt(words: string, key: CryptoKey, id = ''): Promise<Ciphertext> {
  const iv = random(12);
  const data = await crypto.subtle.encrypt(cipherWith(iv, id), key, utf8(words));
  return { iv: base64Of(iv), data: base64Of(new Uint8Array(data)) };
}

async function decrypt(
  { iv, data }: Ciphertext,
  key: CryptoKey,
  id = '',
): Promise<string | undefined> {
  try {
    const words = await crypto.subtle.decrypt(cipherWith(bytesOf(iv), id), key, bytesOf(data));
    return new TextDecoder().decode(words);
  } catch {
    // The cipher checks what it opens: another key does not give other words.
    return undefined;
  }
}

function cipherWith(iv: Uint8Array<ArrayBuffer>, id: string): AesGcmParams {
  return { name: CIPHER, iv, additionalData: utf8(id) };
}

function utf8(words: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(words);
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
