/** Keys under a passphrase: what is written, and how it is opened again. Nothing here is stored. */
import * as v from 'valibot';
import { base64Of, bytesOf } from '../image/base64';

export type Keys = Readonly<Record<string, string>>;
export const keysSchema = v.record(v.string(), v.string());

const base64Schema = v.pipe(v.string(), v.base64());

/** As it lies in storage: without the passphrase it tells no more than which connections have keys. */
export const lockedSchema = v.object({
  /** The connections that have one. */
  ids: v.array(v.string()),
  salt: base64Schema,
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
  iv: base64Schema,
  data: base64Schema,
});
export type LockedKeys = v.InferOutput<typeof lockedSchema>;

/** The keys while they are open, with what is needed to lock them again after a change. */
export const openSchema = v.object({ keys: keysSchema, secret: base64Schema });
export type OpenKeys = v.InferOutput<typeof openSchema>;

/**
 * Of PBKDF2 with SHA-256, as the OWASP Password Storage Cheat Sheet has it: about a third of a
 * second for us, and as long for each guess of a thief.
 */
const ITERATIONS = 600_000;
const DERIVE = 'PBKDF2';
const CIPHER = 'AES-GCM';

/** A secret of its own for a passphrase, and the keys locked with it. */
export async function lockWith(
  passphrase: string,
  keys: Keys,
): Promise<{ locked: LockedKeys; open: OpenKeys }> {
  const salt = base64Of(random(16));
  const secret = await derive(passphrase, salt, ITERATIONS);
  const locked = await lockAgain({ salt, iterations: ITERATIONS }, { keys, secret });
  return { locked, open: { keys, secret } };
}

/** The keys locked anew, under the same passphrase. */
export async function lockAgain(
  { salt, iterations }: Pick<LockedKeys, 'salt' | 'iterations'>,
  { keys, secret }: OpenKeys,
): Promise<LockedKeys> {
  const iv = random(12);
  const words = new TextEncoder().encode(JSON.stringify(keys));
  const key = await cipherKey(secret, 'encrypt');
  const data = await crypto.subtle.encrypt({ name: CIPHER, iv }, key, words);
  return {
    ids: Object.keys(keys),
    salt,
    iterations,
    iv: base64Of(iv),
    data: base64Of(new Uint8Array(data)),
  };
}

/** The keys, or `undefined` for another passphrase. */
export async function unlockWith(
  passphrase: string,
  { salt, iterations, iv, data }: LockedKeys,
): Promise<OpenKeys | undefined> {
  const secret = await derive(passphrase, salt, iterations);
  try {
    const words = await crypto.subtle.decrypt(
      { name: CIPHER, iv: bytesOf(iv) },
      await cipherKey(secret, 'decrypt'),
      bytesOf(data),
    );
    const keys = v.parse(keysSchema, JSON.parse(new TextDecoder().decode(words)));
    return { keys, secret };
  } catch {
    // The cipher checks what it opens: a wrong passphrase does not give wrong keys.
    return undefined;
  }
}

async function derive(passphrase: string, salt: string, iterations: number): Promise<string> {
  const words = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', words, DERIVE, false, ['deriveBits']);
  const how = { name: DERIVE, hash: 'SHA-256', salt: bytesOf(salt), iterations };
  return base64Of(new Uint8Array(await crypto.subtle.deriveBits(how, base, 256)));
}

async function cipherKey(secret: string, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', bytesOf(secret), CIPHER, false, [use]);
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
