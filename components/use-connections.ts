/** The stored connections and which of them have a key, live. Never a key itself. */
import { useEffect, useState } from 'preact/hooks';
import { keyedConnections, keyState, watchKeys, type KeyState } from '../utils/settings/keys';
import { readConnections, watchConnections } from '../utils/settings/settings';
import type { Connection } from '../utils/vision/connection';

export interface StoredConnections {
  /** The one in use first. */
  connections: readonly Connection[];
  /** The ids of those that have a key. */
  keyed: ReadonlySet<string>;
  /** Whether the keys have a passphrase, and whether it has been entered. */
  keys: KeyState;
}

/** What is stored, `undefined` until it has been read, with a way to read it anew. */
export function useConnections(): [StoredConnections | undefined, () => Promise<void>] {
  const [stored, setStored] = useState<StoredConnections>();

  async function read(): Promise<void> {
    const [connections, keyed, keys] = await Promise.all([
      readConnections(),
      keyedConnections(),
      keyState(),
    ]);
    setStored({ connections, keyed, keys });
  }

  useEffect(() => {
    void read();
    const ends = [watchConnections(() => void read()), watchKeys(() => void read())];
    return () => {
      for (const end of ends) end();
    };
  }, []);

  return [stored, read];
}
