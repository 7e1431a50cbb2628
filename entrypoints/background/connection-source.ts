/** The connection in use with its key, ready before a click needs it. */
import { AppError } from '../../utils/errors';
import { keyedConnections, keyState, readKeys, watchKeys } from '../../utils/settings/keys';
import { readConnection, readConnections, watchConnections } from '../../utils/settings/settings';
import { isDevice } from '../../utils/vision/catalog';
import { kindOf, type Connection } from '../../utils/vision/connection';
import { createOpenAiProvider } from '../../utils/vision/openai';
import type { VisionProvider } from '../../utils/vision/provider';
import { createDeviceProvider } from './device-provider';
import { namingKeptAnswers } from './kept-answers';
import { metered } from './meter';
import type { OriginRules } from './origin-rules';

export interface OpenConnection {
  connection: Connection;
  provider: VisionProvider;
}

export interface ConnectionSource {
  /** One stored connection, complete or not. @throws {AppError} `keysLocked` */
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
export function createConnectionSource(rules: OriginRules): ConnectionSource {
  let current = readSoon();
  const readAgain = () => {
    current = readSoon();
  };
  watchConnections(readAgain);
  watchKeys(readAgain);

  /** A failure is for who asks, and not for nobody. */
  function readSoon(): Promise<OpenConnection | undefined> {
    const reading = read();
    reading.catch(() => undefined);
    return reading;
  }

  async function read(): Promise<OpenConnection | undefined> {
    // Side by side: a click that wakes the worker waits for this.
    const [connection, keys] = await Promise.all([readConnection(), readKeys()]);
    return connection && (await ifComplete(connection, keys[connection.id]));
  }

  /**
   * `undefined` without what a request needs: a model, and a key where the server wants one.
   *
   * @throws {AppError} `keysLocked` where there is one behind the passphrase.
   */
  async function ifComplete(
    connection: Connection,
    key: string | undefined,
  ): Promise<OpenConnection | undefined> {
    if (!connection.model) return undefined;
    if (!key && (await isLocked(connection.id))) throw new AppError('keysLocked');
    if (!key && kindOf(connection).key === 'required') return undefined;
    return openConnection(connection, key);
  }

  async function isLocked(connectionId: string): Promise<boolean> {
    return (await keyState()) === 'locked' && (await keyedConnections()).has(connectionId);
  }

  function openConnection(connection: Connection, key: string | undefined): OpenConnection {
    const fetchByRule: typeof fetch = async (...asked) => {
      await rules.ready();
      return await fetch(...asked);
    };
    const over = kindOf(connection).refusesExtensions ? { fetch: fetchByRule } : {};
    const provider = isDevice(connection.provider)
      ? createDeviceProvider(connection.provider, kindOf(connection).firstWordSeconds)
      : namingKeptAnswers(connection, createOpenAiProvider({ connection, key, ...over }));
    return { connection, provider: metered(connection, provider) };
  }

  async function all(): Promise<OpenConnection[]> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    return stored.map((connection) => openConnection(connection, keys[connection.id]));
  }

  async function named(connectionId: string, model?: string): Promise<OpenConnection | undefined> {
    const [stored, keys] = await Promise.all([readConnections(), readKeys()]);
    const found = stored.find(({ id }) => id === connectionId);
    return found && (await ifComplete({ ...found, model: model ?? found.model }, keys[found.id]));
  }

  return {
    async byId(connectionId) {
      const found = (await all()).find(({ connection }) => connection.id === connectionId);
      if (found && (await isLocked(connectionId))) throw new AppError('keysLocked');
      return found;
    },
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
