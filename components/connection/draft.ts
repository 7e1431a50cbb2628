/** What a person has typed about a connection, per provider: switching back and forth loses nothing. */
import * as v from 'valibot';
import { providerKind } from '../../utils/core/vision/providers';
import { isDevice, PROVIDER_IDS, type ProviderId } from '../../utils/core/vision/provider-kind';
import { baseUrlSchema, type Connection } from '../../utils/core/vision/connection';
import { DEVICE_FACTS } from '../../utils/core/vision/device-model';
import { connectionChange, type ConnectionChange } from '../../utils/browser/settings/changes';
import type { StoredConnections } from './use-connections';

export interface Fields {
  /** Of the connection that these become: one for each provider. */
  id: string;
  /** What the person calls it; empty for the server's own name. */
  name: string;
  baseUrl: string;
  /** Typed, and not yet known to work. */
  key: string;
  model: string;
}

export interface Draft {
  provider: ProviderId;
  fields: Record<ProviderId, Fields>;
}

/**
 * What a form is for: the first connection, which goes on where one is stored; one more; or another
 * look at one.
 */
export type FormFor =
  { kind: 'first' } | { kind: 'new' } | { kind: 'change'; connectionId: string };

/** A draft of what is stored; OpenAI is chosen where nothing is. */
export function draftOf({ connections }: StoredConnections, what: FormFor): Draft {
  const changed =
    what.kind === 'change' ? connections.find(({ id }) => id === what.connectionId) : undefined;
  const known = what.kind === 'first' ? connections : changed ? [changed] : [];
  const entries = PROVIDER_IDS.map((id) => {
    const stored = known.find(({ provider }) => provider === id);
    const fields: Fields = {
      id: stored?.id ?? crypto.randomUUID(),
      name: stored?.name ?? '',
      baseUrl: stored?.baseUrl ?? providerKind(id).baseUrl ?? '',
      key: '',
      model: stored?.model ?? (isDevice(id) ? DEVICE_FACTS[id].model : ''),
    };
    return [id, fields] as const;
  });
  return {
    provider: known[0]?.provider ?? 'openai',
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

/** The connection as it is stored so far. */
export function storedFor(draft: Draft, stored: StoredConnections): Connection | undefined {
  return stored.connections.find(({ id }) => id === draft.fields[draft.provider].id);
}

/** Whether a key is stored, and may go to the address typed: none follows to another server. */
export function storedKey(draft: Draft, stored: StoredConnections): 'none' | 'holds' | 'elsewhere' {
  const connection = storedFor(draft, stored);
  const address = addressOf(draft.fields[draft.provider].baseUrl);
  if (!connection || !stored.keyed.has(connection.id)) return 'none';
  const same = address && new URL(connection.baseUrl).origin === new URL(address).origin;
  return same ? 'holds' : 'elsewhere';
}

/** The connection a draft stands for, with what else was set of it; none without an address. */
export function connectionOf(draft: Draft, stored: StoredConnections): Connection | undefined {
  const { id, name, baseUrl, model } = draft.fields[draft.provider];
  const address = isDevice(draft.provider) ? '' : addressOf(baseUrl);
  if (address === undefined) return undefined;
  const { name: _before, ...before } = storedFor(draft, stored) ?? {};
  return {
    ...before,
    id,
    provider: draft.provider,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    baseUrl: address,
    model,
  };
}

/** What the form itself asks for; a cap, say, is changed elsewhere. */
const FORM_FIELDS = ['provider', 'name', 'baseUrl', 'model', 'price'] as const;

/** What changed of a connection since the form last read or stored it; all of it for a new one. */
export function changeOf(known: Connection | undefined, next: Connection): ConnectionChange {
  const changed = FORM_FIELDS.filter(
    (field) => !known || JSON.stringify(known[field]) !== JSON.stringify(next[field]),
  );
  return connectionChange(
    next.id,
    Object.fromEntries(changed.map((field) => [field, next[field]])),
  );
}

/** Whether images and keys would cross a network unencrypted. */
export function isOpenToListeners(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
