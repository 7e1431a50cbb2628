/** What asks the server of a connection, or the browser's own model, and counts what that costs. */
import { isDevice } from '../../../utils/core/vision/provider-kind';
import type { Connection } from '../../../utils/core/vision/connection';
import { kindOf } from '../../../utils/core/vision/connection-kind';
import { createOpenAiProvider } from '../../../utils/core/vision/openai';
import { metered } from '../jobs/meter';
import { detectBlockedResponses } from './blocked-responses';
import { createDeviceProvider } from './device-provider';
import type { VisionProvider } from '../../../utils/core/vision/provider';
import type { OriginRules } from './origin-rules';

/** A connection with what asks its model. */
export interface OpenConnection {
  connection: Connection;
  provider: VisionProvider;
}

/** Whether its server answers nobody without a key. */
export function needsKey(connection: Connection): boolean {
  return kindOf(connection).key === 'required';
}

/** Opens a connection: with its key, where it has one. */
export function openConnection(
  connection: Connection,
  key: string | undefined,
  rules: OriginRules,
): OpenConnection {
  const { refusesExtensions, firstWordSeconds } = kindOf(connection);
  const over = refusesExtensions ? { ready: rules.ready } : {};
  const provider = isDevice(connection.provider)
    ? createDeviceProvider(connection.provider, firstWordSeconds)
    : detectBlockedResponses(connection, createOpenAiProvider({ connection, key, ...over }));
  return { connection, provider: metered(connection, provider) };
}
