/** What breaks the storage of Descry from a page of its own: each function runs there. */

/** Makes an entry of the history one of long ago. */
export async function makeOld(id: string): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('descry');
    request.addEventListener('success', () => resolve(request.result));
  });
  const transaction = db.transaction('entries', 'readwrite');
  const entries = transaction.objectStore('entries');
  const reading = entries.get(id);
  reading.addEventListener('success', () => {
    // As of another image, which is asked about again.
    const { contentKey: _key, ...entry } = reading.result as { contentKey: string; job: object };
    const createdAt = Date.now() - 200 * 86_400_000;
    const job = { ...entry.job, createdAt, contentKey: undefined };
    entries.put({ ...entry, createdAt, newest: -createdAt, job });
  });
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  db.close();
}

/** Takes the room that the origin has, down to the last kilobyte. Gives how often it found some. */
export async function fillDisk(): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('filler', 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('filler', { autoIncrement: true });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  }).catch(() => undefined);
  // Firefox has no room even for that.
  if (!db) return 0;
  const put = (size: number) =>
    new Promise<string>((resolve, reject) => {
      db.addEventListener('close', () => reject(new Error('closed')));
      const transaction = db.transaction('filler', 'readwrite');
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536)
        crypto.getRandomValues(bytes.subarray(at, at + 65_536));
      transaction.objectStore('filler').put(bytes);
      transaction.addEventListener('complete', () => resolve(''));
      transaction.addEventListener('abort', () => resolve(transaction.error?.name ?? 'aborted'));
    });
  let found = 0;
  for (let size = 2_000_000; size >= 500; size = Math.floor(size / 2)) {
    for (let times = 0; times < 40; times += 1) {
      // Firefox closes a database for which there is no room.
      const problem = await put(size).catch((error: unknown) => String(error));
      if (problem !== '') break;
      found += 1;
    }
  }
  db.close();
  return found;
}
