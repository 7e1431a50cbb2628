/** What reading a file of the history comes to, whatever its form, and how its bytes come. */

/** How a file ended: as it should, in the middle, or with what cannot be read or is too large. */
export type FileEnd = 'whole' | 'cut' | 'broken';

export type FileFault =
  /** None that Descry has written. */
  | 'otherKind'
  /** Of a Descry that is newer than this one. */
  | 'newer';

/** How the reading ended. */
export type FileRead = { ok: true; end: FileEnd } | { ok: false; fault: FileFault };

/** The most bytes or characters of one description: no real one comes near. */
export const MAX_SIZE = 4_000_000;

/** So many bytes are parsed at once, whatever the browser hands out. */
const CHUNK = 65_536;

export async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
  }
}

/**
 * The same as text, without a byte order mark.
 *
 * @throws {TypeError} for anything but UTF-8.
 */
export async function* textOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunksOf(file)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
