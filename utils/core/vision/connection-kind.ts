/** What is known of the server of a connection, from the catalog and from the connection itself. */
import { isPublicUrl } from '../image/public-url';
import { hostOf, type Connection } from './connection';
import type { ProviderKind } from './provider-kind';
import { providerKind } from './providers';

/** The catalog row of a connection, with what the connection overrides. */
export function kindOf(connection: Connection): ProviderKind {
  const kind = providerKind(connection.provider);
  return {
    ...kind,
    takesUrls: connection.takesUrls ?? kind.takesUrls,
    firstWordSeconds: connection.firstWordSeconds ?? kind.firstWordSeconds,
  };
}

/** Whether its server is on the person's own machine or network, of whichever kind it is. */
export function isOwnMachine(connection: Connection): boolean {
  return kindOf(connection).local || !isPublicUrl(connection.baseUrl);
}

/** What to call a connection: what the person does, else the server's name, else its host. */
export function nameOf(connection: Connection): string {
  if (connection.name) return connection.name;
  return connection.provider === 'custom' ? hostOf(connection) : kindOf(connection).name;
}
