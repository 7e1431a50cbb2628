/** Searches every file of a browser profile: for words in any form, and for what opens a cipher. */
import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The files that hold the words: as bytes, as UTF-16, or as Base64 in any of its three alignments.
 *
 * Browsers compress parts of what they store with Snappy or LZ4. Both keep what they have not seen
 * before as it is: search for random words, and for short ones that a block's end rarely cuts.
 */
export function findInProfile(profile: string, words: readonly string[]): string[] {
  const needles = words.flatMap((each) => [
    Buffer.from(each),
    Buffer.from(each, 'utf16le'),
    ...[0, 1, 2].map((before) => alignedBase64(each, before)),
  ]);
  return filesOf(profile)
    .filter(({ path, bytes }) =>
      needles.some((needle) => bytes.includes(needle) || path.includes(needle.toString())),
    )
    .map(({ path }) => path);
}

/** An encrypted key as it is stored. */
export interface Encrypted {
  connectionId: string;
  iv: string;
  data: string;
}

/** What a thief does who has all files: tries each 32 bytes in them as the key of AES-GCM. */
export function openWithProfile(
  profile: string,
  { connectionId, iv, data }: Encrypted,
): string | undefined {
  const [vector, all] = [Buffer.from(iv, 'base64'), Buffer.from(data, 'base64')];
  const [words, tag] = [all.subarray(0, -16), all.subarray(-16)];
  const ours = filesOf(profile).filter(({ path }) => /(?:chrome|moz)-extension/.test(path));
  for (const { bytes } of ours) {
    for (let at = 0; at + 32 <= bytes.length; at += 1) {
      const key = bytes.subarray(at, at + 32);
      if (!looksRandom(key)) continue;
      const decipher = createDecipheriv('aes-256-gcm', key, vector).setAuthTag(tag);
      decipher.setAAD(Buffer.from(connectionId));
      const opened = decipher.update(words);
      try {
        return Buffer.concat([opened, decipher.final()]).toString();
      } catch {
        // Not this one.
      }
    }
  }
  return undefined;
}

/** False for text and for emptiness, of which most of a file is. */
function looksRandom(bytes: Buffer): boolean {
  let [zeros, letters] = [0, 0];
  for (const byte of bytes) {
    if (byte === 0) zeros += 1;
    if (byte < 128) letters += 1;
  }
  return zeros < 6 && letters < 30;
}

/** The part of a text's Base64 that is the same whatever stands after it, with bytes before it. */
function alignedBase64(words: string, before: number): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(words)]);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  return Buffer.from(whole.slice(before === 0 ? 0 : before + 1, -2));
}

function filesOf(profile: string): { path: string; bytes: Buffer }[] {
  const entries = readdirSync(profile, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .flatMap((each) => {
      const path = join(each.parentPath, each.name);
      try {
        return [{ path: relative(profile, path), bytes: readFileSync(path) }];
      } catch (error) {
        // A running browser deletes some of its files.
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
    });
}
