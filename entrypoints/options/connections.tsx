/** The connections: each with what is known of it, one more, and another look at one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { ConnectionForm } from '../../components/connection-form/connection-form';
import type { ConnectionPort } from '../../components/connection-form/connection-port';
import type { FormFor } from '../../components/connection-form/draft';
import type { StoredConnections } from '../../components/use-connections';
import type { Spending } from '../../utils/settings/spending';
import { nameOf, type Connection } from '../../utils/vision/connection';
import { ConnectionSummary } from './connection-summary';

export interface ConnectionEvents {
  /** Called inside a click. */
  onAllow: (connection: Connection) => void;
  onForgetKey: (connection: Connection) => void;
  onRemove: (connection: Connection) => void;
  onMakeDefault: (connection: Connection) => void;
  onChange: (connection: Connection) => Promise<void>;
}

export interface ConnectionsProps extends ConnectionEvents {
  stored: StoredConnections;
  /** The ids of those whose host the browser allows; `undefined` until it has said. */
  granted: ReadonlySet<string> | undefined;
  spending: Spending;
  /** The present one: `2026-11`. */
  month: string;
  port: ConnectionPort;
  onStoredChange: () => Promise<void>;
}

export function Connections({ stored, granted, port, onStoredChange, ...rest }: ConnectionsProps) {
  const [form, setForm] = useState<FormFor>();
  const title = useRef<HTMLHeadingElement>(null);
  const add = useRef<HTMLButtonElement>(null);

  // What was pressed is gone with the list, or with the form.
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) (form ? title : add).current?.focus();
    pressed.current = false;
  }, [form]);

  function open(next: FormFor | undefined): void {
    pressed.current = true;
    setForm(next);
  }

  if (form) {
    return (
      <>
        <Button onClick={() => open(undefined)}>{i18n.t('options.close')}</Button>
        <h3 ref={title} tabIndex={-1}>
          {titleOf(form, stored)}
        </h3>
        <ConnectionForm what={form} {...{ stored, port, onStoredChange }} onReady={() => {}} />
      </>
    );
  }
  const { connections } = stored;
  return (
    <>
      <p>{i18n.t(connections.length === 0 ? 'options.none' : 'options.connectionsHelp')}</p>
      {connections.map((connection, at) => (
        <ConnectionSummary
          key={connection.id}
          connection={connection}
          isDefault={at === 0}
          keyed={stored.keyed.has(connection.id)}
          granted={granted?.has(connection.id)}
          port={port}
          {...rest}
          onEdit={() => open({ kind: 'change', connectionId: connection.id })}
        />
      ))}
      <Button
        ref={add}
        look={connections.length === 0 ? 'primary' : 'plain'}
        onClick={() => open({ kind: 'new' })}
      >
        {i18n.t('options.add')}
      </Button>
    </>
  );
}

function titleOf(form: FormFor, { connections }: StoredConnections): string {
  const changed =
    form.kind === 'change' ? connections.find(({ id }) => id === form.connectionId) : undefined;
  return changed ? i18n.t('options.changeTitle', [nameOf(changed)]) : i18n.t('options.addTitle');
}
