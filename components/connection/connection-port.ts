/** What the connection form needs from the browser and the background. A key goes to the background
 * once, to be stored, and never comes back. */
import { deviceModel, foundDeviceModels } from '../../utils/browser/device-models';
import { AppError, asResult, type Result } from '../../utils/core/errors';
import type { ConnectionCheck, FoundServer } from '../../utils/browser/messaging/background-calls';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { hasHost, requestHost, THIS_COMPUTER } from '../../utils/browser/permissions';
import type { ConnectionChange } from '../../utils/browser/settings/changes';
import type { DeviceId } from '../../utils/core/vision/provider-kind';
import type { DeviceState, OnProgress } from '../../utils/core/vision/device-model';
import type { OfferedModel } from '../../utils/core/vision/provider';

export interface ConnectionPort {
  /** Call it inside a click, before anything is awaited. False where the person says no. */
  requestHost: (baseUrl: string) => Promise<boolean>;
  /** Which model servers run on this computer. Call it inside a click, like the one before. */
  look: () => Promise<Result<FoundServer[]>>;
  /** The models that this browser has of its own. */
  devices: () => Promise<ReadonlyMap<DeviceId, DeviceState>>;
  /** Downloads one of them, inside a click like the two before. */
  prepareDevice: (id: DeviceId, onProgress: OnProgress) => Promise<Result<void>>;
  /** Stores what changed, and a key where one was typed; a key for another server is forgotten. */
  save: (change: ConnectionChange, key: string | undefined) => Promise<Result<void>>;
  /** Gives back a host where the attempt to connect came to nothing. */
  giveUp: (baseUrl: string, connectionId: string) => void;
  forgetKey: (connectionId: string) => Promise<Result<void>>;
  models: (connectionId: string) => Promise<Result<OfferedModel[]>>;
  /** Makes it the default connection. */
  setDefault: (connectionId: string) => Promise<Result<void>>;
  check: (connectionId: string) => Promise<Result<ConnectionCheck>>;
  /** Resumes the jobs that wait for a connection, whether or not one was tested. */
  resume: () => Promise<Result<void>>;
}

export const connectionPort: ConnectionPort = {
  requestHost: (baseUrl) => requestHost(baseUrl).catch(() => false),
  async look() {
    // Both inside the click.
    const [held, asked] = [hasHost(THIS_COMPUTER), requestHost(THIS_COMPUTER)];
    // Where the person says no, servers that let extensions in can still be seen.
    const granted = await asked.catch(() => false);
    const found = await callBackground('servers.look', {});
    // It was asked for to look once.
    if (granted && !(await held))
      await callBackground('connection.giveUp', { baseUrl: THIS_COMPUTER });
    return found;
  },
  devices: foundDeviceModels,
  prepareDevice: (id, onProgress) =>
    asResult(async () => {
      const model = deviceModel(id);
      if (!model) throw new AppError('modelUnavailable');
      await model.prepare(onProgress, new AbortController().signal);
    }),
  save: (change, key) =>
    callBackground('connection.save', { change, ...(key === undefined ? {} : { key }) }),
  giveUp: (baseUrl, connectionId) =>
    void callBackground('connection.giveUp', { baseUrl, connectionId }),
  forgetKey: (connectionId) => callBackground('key.forget', { connectionId }),
  models: (connectionId) => callBackground('connection.models', { connectionId }),
  setDefault: (connectionId) => callBackground('connection.setDefault', { connectionId }),
  check: (connectionId) => callBackground('connection.check', { connectionId }),
  resume: () => callBackground('jobs.resume', {}),
};
