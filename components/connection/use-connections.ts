/** The stored connections and which of them have a key, live. Never a key itself. */
import { useEffect, useState } from 'preact/hooks';
import {
  keyedConnections,
  keyState,
  watchKeys,
  wereOncePlain,
  type KeyState,
} from '../../utils/browser/settings/keys';
import { readConnections, watchConnections } from '../../utils/browser/settings/settings';
import type { Connection } from '../../utils/core/vision/connection';

export interface StoredConnections {
  /** The one in use first. */
  connections: readonly Connection[];
  /** The ids of those that have a key. */
  keyed: ReadonlySet<string>;
  /** Whether the keys have a passphrase, and whether it has been entered. */
  keys: KeyState;
  /** Whether keys were stored in plain text before, and the person has not been told yet. */
  oncePlain?: boolean;
}

/** What is stored, `undefined` until it has been read, and a way to read it again. */
export function useConnections(): [StoredConnections | undefined, () => Promise<void>] {
  const [stored, setStored] = useState<StoredConnections>();

  async function read(): Promise<void> {
    const [connections, keyed, keys, oncePlain] = await Promise.all([
      readConnections(),
      keyedConnections(),
      keyState(),
      wereOncePlain(),
    ]);
    setStored({ connections, keyed, keys, oncePlain });
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
