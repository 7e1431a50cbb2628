/** The connection in use with its key, ready before a click needs it. */
import { AppError } from '../../../utils/core/errors';
import {
  keyedConnections,
  keyState,
  readKeys,
  watchKeys,
} from '../../../utils/browser/settings/keys';
import {
  readConnection,
  readConnections,
  watchConnections,
} from '../../../utils/browser/settings/settings';
import type { Connection } from '../../../utils/core/vision/connection';
import type { OpenConnection } from './open-connection';
import type { OriginRules } from './origin-rules';

export interface ConnectionSource {
  /**
   * One stored connection, complete or not. @throws {AppError} `keysLocked`, `keysUnreadable` or
   * `keysLost`
   */
  byId(connectionId: string): Promise<OpenConnection | undefined>;
  /** All stored connections, the one in use first. */
  all(): Promise<OpenConnection[]>;
  /**
   * The connection to ask with: a named one with a named model, where there is such a one and it can
   * be asked, else the one in use. `undefined` where there is none.
   */
  choose(request: {
    connectionId?: string | undefined;
    model?: string | undefined;
  }): Promise<OpenConnection | undefined>;
}

/** Begins to read at once, so that a worker woken by a click has the key when the click arrives. */
export function createConnectionSource(rules: OriginRules): ConnectionSource {
  /** The one in use, with its key. */
  let current = readSoon();
  const readAgain = () => {
    current = readSoon();
  };
  watchConnections(readAgain);
  watchKeys(readAgain);

  /** Avoids an unhandled rejection; callers still see the failure when they await. */
  function readSoon() {
    const reading = read();
    reading.catch(() => undefined);
    return reading;
  }

  async function read() {
    // Side by side: a click that wakes the worker waits for this.
    const [connection, keys] = await Promise.all([readConnection(), readKeys()]);
    return connection && { connection, key: keys[connection.id] };
  }

  /**
   * `undefined` without what a request needs: a model, and a key where the server wants one.
   *
   * @throws {AppError} `keysLocked` where there is one behind the passphrase, `keysUnreadable` or
   *   `keysLost` where there is one that cannot be read.
   */
  async function ifComplete(
    connection: Connection,
    key: string | undefined,
  ): Promise<OpenConnection | undefined> {
    if (!connection.model) return undefined;
    if (!key) await mustHaveNone(connection.id);
    const { needsKey } = await loadOpening();
    if (!key && needsKey(connection)) return undefined;
    return await openConnection(connection, key);
  }

  /**
   * @throws {AppError} `keysLocked`, `keysUnreadable` or `keysLost` for a key that was not read.
   */
  async function mustHaveNone(connectionId: string): Promise<void> {
    if (!(await keyedConnections()).has(connectionId)) return;
    const state = await keyState();
    if (state === 'locked') throw new AppError('keysLocked');
    throw new AppError(state === 'unreadable' ? 'keysUnreadable' : 'keysLost');
  }

  async function openConnection(connection: Connection, key: string | undefined) {
    const { openConnection: open } = await loadOpening();
    return open(connection, key, rules);
  }

  async function all(): Promise<OpenConnection[]> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    return await Promise.all(
      stored.map((connection) => openConnection(connection, keys[connection.id])),
    );
  }

  async function named(connectionId: string, model?: string): Promise<OpenConnection | undefined> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    const found = stored.find(({ id }) => id === connectionId);
    return found && (await ifComplete({ ...found, model: model ?? found.model }, keys[found.id]));
  }

  return {
    async byId(connectionId) {
      const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
      const found = stored.find(({ id }) => id === connectionId);
      if (!found) return undefined;
      if (!keys[found.id]) await mustHaveNone(found.id);
      return await openConnection(found, keys[found.id]);
    },
    all,
    async choose({ connectionId, model }) {
      const wished = connectionId === undefined ? undefined : await named(connectionId, model);
      if (wished) return wished;
      const found = await current;
      const now = found && (await ifComplete(found.connection, found.key));
      // A model of another server is no model of this one.
      if (!now || connectionId !== undefined || model === undefined) return now;
      return (await named(now.connection.id, model)) ?? now;
    },
  };
}

/** What speaks to servers, which a click does not need before its image is on its way. */
function loadOpening() {
  return import('./open-connection');
}
