/** The connection in use with its key, ready before a click needs it. */
import { readKeys, watchKeys } from '../../utils/settings/keys';
import { readConnection, readConnections, watchConnections } from '../../utils/settings/settings';
import { kindOf, type Connection } from '../../utils/vision/connection';
import { createOpenAiProvider } from '../../utils/vision/openai';
import type { VisionProvider } from '../../utils/vision/provider';

export interface OpenConnection {
  connection: Connection;
  provider: VisionProvider;
}

export interface ConnectionSource {
  /** The connection in use, or `undefined` where none is complete: no model, or a missing key. */
  current(): Promise<OpenConnection | undefined>;
  /** One stored connection, complete or not. */
  byId(connectionId: string): Promise<OpenConnection | undefined>;
}

/** Begins to read at once, so that a worker woken by a click has the key when the click arrives. */
export function createConnectionSource(): ConnectionSource {
  let current = read();
  const readAgain = () => {
    current = read();
  };
  watchConnections(readAgain);
  watchKeys(readAgain);

  async function read(): Promise<OpenConnection | undefined> {
    // Side by side: a click that wakes the worker waits for this.
    const [connection, keys] = await Promise.all([readConnection(), readKeys()]);
    if (!connection?.model) return undefined;
    const key = keys[connection.id];
    if (!key && kindOf(connection).key === 'required') return undefined;
    return openConnection(connection, key);
  }

  return {
    current: () => current,
    async byId(connectionId) {
      const connection = (await readConnections()).find(({ id }) => id === connectionId);
      if (!connection) return undefined;
      return openConnection(connection, (await readKeys())[connectionId]);
    },
  };
}

function openConnection(connection: Connection, key: string | undefined): OpenConnection {
  return { connection, provider: createOpenAiProvider({ connection, key }) };
}
