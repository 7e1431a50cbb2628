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
  /** One stored connection, complete or not. */
  byId(connectionId: string): Promise<OpenConnection | undefined>;
  /** All stored connections, the one in use first. */
  all(): Promise<OpenConnection[]>;
  /**
   * The connection to ask with: a named one with a named model, where there is such a one and it can
   * be asked, else the one in use. `undefined` where there is none.
   */
  choose(wish: {
    connectionId?: string | undefined;
    model?: string | undefined;
  }): Promise<OpenConnection | undefined>;
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
    return connection && ifComplete(connection, keys[connection.id]);
  }

  async function all(): Promise<OpenConnection[]> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    return stored.map((connection) => openConnection(connection, keys[connection.id]));
  }

  async function named(connectionId: string, model?: string): Promise<OpenConnection | undefined> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    const found = stored.find(({ id }) => id === connectionId);
    return found && ifComplete({ ...found, model: model ?? found.model }, keys[found.id]);
  }

  return {
    byId: async (connectionId) =>
      (await all()).find(({ connection }) => connection.id === connectionId),
    all,
    async choose({ connectionId, model }) {
      const wished = connectionId === undefined ? undefined : await named(connectionId, model);
      if (wished) return wished;
      const now = await current;
      // A model of another server is no model of this one.
      if (!now || connectionId !== undefined || model === undefined) return now;
      return (await named(now.connection.id, model)) ?? now;
    },
  };
}

/** `undefined` without what a request needs: a model, and a key where the server wants one. */
function ifComplete(connection: Connection, key: string | undefined): OpenConnection | undefined {
  if (!connection.model) return undefined;
  if (!key && kindOf(connection).key === 'required') return undefined;
  return openConnection(connection, key);
}

function openConnection(connection: Connection, key: string | undefined): OpenConnection {
  return { connection, provider: createOpenAiProvider({ connection, key }) };
}
