/** The rule by which our own requests to a server go without the origin that it would refuse. */
import type { Connection } from './connection';
import { kindOf } from './connection-kind';

/** As `declarativeNetRequest` takes it. */
export interface OriginRule {
  id: number;
  priority: number;
  action: {
    type: 'modifyHeaders';
    requestHeaders: { header: string; operation: 'remove' }[];
  };
  condition: {
    /** The one server, port and all: a host alone would be all servers of the machine. */
    urlFilter: string;
    /** Ourselves: no page's and no other extension's request is changed. */
    initiatorDomains: string[];
    resourceTypes: ['xmlhttprequest'];
  };
}

/** The rules for all connections that need one, one for each server, numbered from 1. */
export function originRulesFor(connections: readonly Connection[], ownHost: string): OriginRule[] {
  const origins = connections
    .filter((connection) => kindOf(connection).refusesExtensions === true)
    .map(({ baseUrl }) => new URL(baseUrl).origin);
  return [...new Set(origins)].map((origin, at) => ({
    id: at + 1,
    priority: 1,
    action: {
      type: 'modifyHeaders',
      requestHeaders: [{ header: 'origin', operation: 'remove' }],
    },
    condition: {
      urlFilter: `|${origin}/`,
      initiatorDomains: [ownHost],
      resourceTypes: ['xmlhttprequest'],
    },
  }));
}
