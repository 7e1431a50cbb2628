/** The connections: each with what is known of it, one more, and another look at one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { ConnectionForm } from '../../components/connection/connection-form';
import type { ConnectionPort } from '../../components/connection/connection-port';
import type { FormFor } from '../../components/connection/draft';
import { Announcement, useDone } from '../../components/controls/announcement';
import type { StoredConnections } from '../../components/connection/use-connections';
import type { Spending } from '../../utils/browser/settings/spending';
import type { Connection } from '../../utils/core/vision/connection';
import { nameOf } from '../../utils/core/vision/connection-kind';
import { ConnectionSummary, type ConnectionEvents } from './connection-summary';

export interface ConnectionsProps extends Omit<ConnectionEvents, 'onRemove' | 'onMakeDefault'> {
  onRemove: (connection: Connection) => Promise<void>;
  onMakeDefault: (connection: Connection) => Promise<void>;
  stored: StoredConnections;
  /** The ids of those whose host the browser allows; `undefined` until it has said. */
  granted: ReadonlySet<string> | undefined;
  spending: Spending;
  /** The present one: `2026-11`. */
  month: string;
  port: ConnectionPort;
  onStoredChange: () => Promise<void>;
}

export function Connections(props: ConnectionsProps) {
  const { stored, granted, port, onStoredChange, onRemove, onMakeDefault, ...rest } = props;
  const { said, run, clear } = useDone();
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
    clear();
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
          onRemove={(each) => void run(onRemove(each), i18n.t('options.removed', [nameOf(each)]))}
          onMakeDefault={(each) =>
            void run(onMakeDefault(each), i18n.t('options.madeDefault', [nameOf(each)]))
          }
          onEdit={() => open({ kind: 'change', connectionId: connection.id })}
        />
      ))}
      <Announcement said={said} />
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
