/** The way from a choice of server to a tested connection, step by step. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../../utils/core/errors';
import { cleanKey } from '../../utils/browser/settings/pasted-key';
import type { ConnectionCheck } from '../../utils/browser/messaging/background-calls';
import { providerKind } from '../../utils/core/vision/providers';
import { isDevice, type DeviceId, type ProviderId } from '../../utils/core/vision/provider-kind';
import { passes } from '../../utils/core/vision/check-report';
import type { Connection } from '../../utils/core/vision/connection';
import type { DeviceState } from '../../utils/core/vision/device-model';
import { replacementFor } from '../../utils/core/vision/replacement';
import type { OfferedModel } from '../../utils/core/vision/provider';
import type { StoredConnections } from './use-connections';
import type { ConnectionPort } from './connection-port';
import {
  changeOf,
  connectionOf,
  draftOf,
  withFields,
  type Draft,
  type Fields,
  type FormFor,
} from './draft';
import { firstModel } from './model-groups';

/** The way to the server. */
export type Link =
  | { status: 'none' }
  /** `share`: how much has been downloaded, from 0 to 1. */
  | { status: 'connecting'; share?: number }
  /** `gone`: the model that was used before, and that the server no longer lists. */
  | { status: 'tried'; granted: boolean; models: Result<OfferedModel[]>; gone?: string };

/** The test of the chosen model. */
export type Trial =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'ended'; model: string; outcome: Result<ConnectionCheck> }
  /** Taken into use without a passed test. */
  | { status: 'used'; model: string; outcome: Result<void> };

interface FlowOptions {
  what: FormFor;
  stored: StoredConnections;
  port: ConnectionPort;
  /** Reads the stored connections again. */
  onStoredChange: () => Promise<void>;
  /** Called when a connection is ready, with the jobs that had waited for it. */
  onReady: (resumedJobIds: readonly string[]) => void;
}

export function useConnectionFlow({ what, stored, port, onStoredChange, onReady }: FlowOptions) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(stored, what));
  const [link, setLink] = useState<Link>({ status: 'none' });
  const [trial, setTrial] = useState<Trial>({ status: 'none' });
  const fields = draft.fields[draft.provider];
  const [devices, setDevices] = useState<ReadonlyMap<DeviceId, DeviceState>>(new Map());
  useEffect(() => {
    void port.devices().then(setDevices);
  }, [port]);

  /**
   * The connections as this form knows them, so that it only changes what the person changed here.
   */
  const known = useRef(new Map(stored.connections.map((each) => [each.id, each])));
  /** The last one whose host was asked for. */
  const attempt = useRef<Connection | undefined>(undefined);
  const giveUp = useRef(() => {});
  giveUp.current = () => {
    if (attempt.current) port.giveUp(attempt.current.baseUrl, attempt.current.id);
    attempt.current = undefined;
  };
  useEffect(() => {
    const leave = () => giveUp.current();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  function edit(changed: Partial<Fields>): void {
    setDraft((before) => withFields(before, changed));
    // A name changes nothing of what was found.
    if (changed.name !== undefined) return;
    setTrial({ status: 'none' });
    // Another model is behind the same door.
    if (changed.baseUrl !== undefined || changed.key !== undefined) setLink({ status: 'none' });
  }

  function choose(provider: ProviderId): void {
    giveUp.current();
    setDraft((before) => ({ ...before, provider }));
    setLink({ status: 'none' });
    setTrial({ status: 'none' });
  }

  async function save(connection: Connection): Promise<Result<void>> {
    const change = changeOf(known.current.get(connection.id), connection);
    const saved = await port.save(change, cleanKey(fields.key) === '' ? undefined : fields.key);
    if (saved.ok) known.current.set(connection.id, connection);
    await onStoredChange();
    return saved;
  }

  /** Call it inside a click: only there does the browser ask for permission. */
  function connect(): void {
    const connection = connectionOf(draft, stored);
    if (!connection || link.status === 'connecting') return;
    const asked = port.requestHost(connection.baseUrl);
    setLink({ status: 'connecting' });
    setTrial({ status: 'none' });

    async function proceed(granted: boolean): Promise<void> {
      if (!connection) return;
      if (granted) attempt.current = connection;
      const saved = await save(connection);
      if (!saved.ok) giveUp.current();
      const models = saved.ok ? await port.models(connection.id) : saved;
      if (!models.ok) {
        setLink({ status: 'tried', granted, models });
        return;
      }
      // It works, so it need not be corrected any more: from here on it is never shown again.
      const listed = models.value.some(({ id }) => id === connection.model);
      const isGone = !listed && connection.model !== '' && models.value.length > 0;
      setLink({ status: 'tried', granted, models, ...(isGone ? { gone: connection.model } : {}) });
      const model = listed
        ? connection.model
        : ((isGone ? replacementFor(connection, models.value) : undefined) ??
          firstModel(models.value, providerKind(draft.provider)));
      setDraft((before) => withFields(before, { key: '', model: model || connection.model }));
    }
    void asked.then(proceed);
  }

  /** Makes the browser's own model ready. Call it inside a click, as for `connect`. */
  function prepareDevice(): void {
    const connection = connectionOf(draft, stored);
    if (!connection || !isDevice(draft.provider) || link.status === 'connecting') return;
    const made = port.prepareDevice(draft.provider, (share) =>
      setLink({ status: 'connecting', share }),
    );
    setLink({ status: 'connecting' });
    setTrial({ status: 'none' });

    async function proceed(prepared: Result<void>): Promise<void> {
      if (!connection) return;
      const saved = prepared.ok ? await save(connection) : prepared;
      const models = saved.ok ? await port.models(connection.id) : saved;
      setLink({ status: 'tried', granted: true, models });
    }
    void made.then(proceed);
  }

  /** Saves the chosen model, then does the work with it. */
  async function withModel(work: (connectionId: string) => Promise<Trial>): Promise<void> {
    const connection = connectionOf(draft, stored);
    if (!connection || trial.status === 'running') return;
    setTrial({ status: 'running' });
    let saved = await save(withPrice(connection, link));
    // Whoever connects one means to use it; another look at one leaves the order as it is.
    if (saved.ok && what.kind !== 'change') saved = await port.setDefault(connection.id);
    setTrial(
      saved.ok
        ? await work(connection.id)
        : { status: 'used', model: connection.model, outcome: saved },
    );
  }

  async function test(): Promise<void> {
    await withModel(async (id) => {
      const outcome = await port.check(id);
      if (outcome.ok && passes(outcome.value.report)) onReady(outcome.value.resumedJobIds);
      return { status: 'ended', model: fields.model, outcome };
    });
  }

  async function use(): Promise<void> {
    await withModel(async () => {
      const outcome = await port.resume();
      if (outcome.ok) onReady([]);
      return { status: 'used', model: fields.model, outcome };
    });
  }

  const device = isDevice(draft.provider) ? devices.get(draft.provider) : undefined;
  return {
    draft,
    fields,
    link,
    trial,
    devices,
    device,
    choose,
    edit,
    connect,
    prepareDevice,
    test,
    use,
  };
}

/** What the server's list says the chosen model costs; none of another model. */
function withPrice({ price: _before, ...connection }: Connection, link: Link): Connection {
  const models = link.status === 'tried' && link.models.ok ? link.models.value : [];
  const price = models.find(({ id }) => id === connection.model)?.price;
  return price ? { ...connection, price } : connection;
}

export type ConnectionFlow = ReturnType<typeof useConnectionFlow>;
