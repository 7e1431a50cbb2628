/** The stored connections and which of them have a key, live. Never a key itself. */
import { useEffect, useState } from 'preact/hooks';
import { hasKey } from '../utils/settings/keys';
import { readConnections, watchConnections } from '../utils/settings/settings';
import type { Connection } from '../utils/vision/connection';

export interface StoredConnections {
  /** The one in use first. */
  connections: readonly Connection[];
  /** The ids of those that have a key. */
  keyed: ReadonlySet<string>;
}

/** What is stored, `undefined` until it has been read, with a way to read it anew. */
export function useConnections(): [StoredConnections | undefined, () => Promise<void>] {
  const [stored, setStored] = useState<StoredConnections>();

  async function read(): Promise<void> {
    const connections = await readConnections();
    const known = await Promise.all(connections.map(({ id }) => hasKey(id)));
    const keyed = new Set(connections.filter((_, at) => known[at]).map(({ id }) => id));
    setStored({ connections, keyed });
  }

  useEffect(() => {
    void read();
    return watchConnections(() => void read());
  }, []);

  return [stored, read];
}
