/** What the connection form needs from the browser and the background. A key goes straight into
 * its storage, and never into a message. */
import { deviceModel, foundDeviceModels } from '../../utils/device-models';
import { AppError, asResult, type Result } from '../../utils/errors';
import {
  backgroundCalls,
  type ConnectionCheck,
  type FoundServer,
} from '../../utils/messaging/calls';
import { requestHost, requestThisComputer } from '../../utils/permissions';
import { forgetKey, saveKey } from '../../utils/settings/keys';
import { saveConnection, setDefaultConnection } from '../../utils/settings/settings';
import type { DeviceId } from '../../utils/vision/catalog';
import type { DeviceState, OnProgress } from '../../utils/vision/device-model';
import type { Connection } from '../../utils/vision/connection';
import type { OfferedModel } from '../../utils/vision/provider';

/** What becomes of a stored key when its connection is saved. */
export type KeyChange = { to: string } | 'keep' | 'forget';

export interface ConnectionPort {
  /** Call it inside a click, before anything is awaited. False where the person says no. */
  requestHost: (baseUrl: string) => Promise<boolean>;
  /** Which model servers run on this computer. Call it inside a click, like the one before. */
  look: () => Promise<Result<FoundServer[]>>;
  /** The models that this browser has of its own. */
  devices: () => Promise<ReadonlyMap<DeviceId, DeviceState>>;
  /** Downloads one of them, inside a click like the two before. */
  prepareDevice: (id: DeviceId, onProgress: OnProgress) => Promise<Result<void>>;
  save: (connection: Connection, key: KeyChange) => Promise<Result<void>>;
  forgetKey: (connectionId: string) => Promise<void>;
  models: (connectionId: string) => Promise<Result<OfferedModel[]>>;
  /** Makes it the connection that is asked where nothing else is said. */
  setDefault: (connectionId: string) => Promise<void>;
  check: (connectionId: string) => Promise<Result<ConnectionCheck>>;
  use: (connectionId: string) => Promise<Result<void>>;
}

export const connectionPort: ConnectionPort = {
  requestHost: (baseUrl) => requestHost(baseUrl).catch(() => false),
  async look() {
    // Where the person says no, servers that let extensions in can still be seen.
    await requestThisComputer().catch(() => false);
    return await answered(backgroundCalls.sendMessage('servers.look', {}));
  },
  devices: foundDeviceModels,
  prepareDevice: (id, onProgress) =>
    asResult(async () => {
      const model = deviceModel(id);
      if (!model) throw new AppError('modelUnavailable');
      await model.prepare(onProgress, new AbortController().signal);
    }),
  async save(connection, key) {
    try {
      // The key first: a connection is never seen with the key of another server.
      if (key === 'forget') await forgetKey(connection.id);
      else if (key !== 'keep') await saveKey(connection.id, key.to);
      await saveConnection(connection);
      return { ok: true, value: undefined };
    } catch (error) {
      if (error instanceof AppError) return { ok: false, code: error.code };
      console.error(error);
      return { ok: false, code: 'storageFailed' };
    }
  },
  forgetKey,
  models: (connectionId) =>
    answered(backgroundCalls.sendMessage('connection.models', { connectionId })),
  setDefault: setDefaultConnection,
  check: (connectionId) =>
    answered(backgroundCalls.sendMessage('connection.check', { connectionId })),
  use: (connectionId) => answered(backgroundCalls.sendMessage('connection.use', { connectionId })),
};

/** A background that did not answer at all is a failure like others. */
async function answered<T>(asked: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await asked;
  } catch (error) {
    console.error(error);
    return { ok: false, code: 'interrupted' };
  }
}
