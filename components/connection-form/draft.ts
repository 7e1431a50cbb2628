/** What a person has typed about a connection, for each kind of server apart: choosing another kind
 * and coming back loses nothing. */
import * as v from 'valibot';
import { PROVIDER_IDS, PROVIDERS, type ProviderId } from '../../utils/vision/catalog';
import { baseUrlSchema, type Connection } from '../../utils/vision/connection';
import type { StoredConnections } from '../use-connections';

export interface Fields {
  baseUrl: string;
  /** Typed, and not yet known to work. */
  key: string;
  model: string;
}

export interface Draft {
  provider: ProviderId;
  fields: Record<ProviderId, Fields>;
}

/** A draft of what is stored; OpenAI is chosen where nothing is. */
export function draftOf({ connections }: StoredConnections): Draft {
  const entries = PROVIDER_IDS.map((id) => {
    const stored = connections.find(({ provider }) => provider === id);
    const baseUrl = stored?.baseUrl ?? PROVIDERS[id].baseUrl ?? '';
    return [id, { baseUrl, key: '', model: stored?.model ?? '' }] as const;
  });
  return {
    provider: connections[0]?.provider ?? 'openai',
    fields: Object.fromEntries(entries) as Record<ProviderId, Fields>,
  };
}

export function withFields({ provider, fields }: Draft, changed: Partial<Fields>): Draft {
  return { provider, fields: { ...fields, [provider]: { ...fields[provider], ...changed } } };
}

/** The address as it will be used, or nothing where it is none. */
export function addressOf(baseUrl: string): string | undefined {
  const parsed = v.safeParse(baseUrlSchema, baseUrl);
  return parsed.success ? parsed.output : undefined;
}

/** The stored connection to the chosen kind of server. */
export function storedFor({ provider }: Draft, stored: StoredConnections): Connection | undefined {
  return stored.connections.find((each) => each.provider === provider);
}

/** Whether a key is stored, and may go to the address typed: none follows to another server. */
export function storedKey(draft: Draft, stored: StoredConnections): 'none' | 'holds' | 'elsewhere' {
  const connection = storedFor(draft, stored);
  const address = addressOf(draft.fields[draft.provider].baseUrl);
  if (!connection || !stored.keyed.has(connection.id)) return 'none';
  const same = address && new URL(connection.baseUrl).origin === new URL(address).origin;
  return same ? 'holds' : 'elsewhere';
}

/** The connection a draft stands for. Its id is its kind's: one connection for each kind. */
export function connectionOf(draft: Draft, stored: StoredConnections): Connection | undefined {
  const { baseUrl, model } = draft.fields[draft.provider];
  const address = addressOf(baseUrl);
  if (!address) return undefined;
  const before = storedFor(draft, stored);
  return {
    ...before,
    id: before?.id ?? draft.provider,
    provider: draft.provider,
    baseUrl: address,
    model,
  };
}

/** Whether pictures and keys would cross a network unencrypted. */
export function isOpenToListeners(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
