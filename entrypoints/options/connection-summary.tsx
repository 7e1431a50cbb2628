/** A connection as facts, with what can be done about it. */
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Checkup } from '../../components/connection/connection-check';
import { providerName } from '../../components/connection/provider-choice';
import type { ConnectionPort } from '../../components/connection/connection-port';
import { Announcement, useDone } from '../../components/controls/announcement';
import { ForgetKey } from '../../components/connection/forget-key';
import { formatPrice } from '../../utils/browser/words/format';
import type { Spending } from '../../utils/browser/settings/spending';
import { isDevice } from '../../utils/core/vision/provider-kind';
import { hostOf, type Connection } from '../../utils/core/vision/connection';
import { kindOf, nameOf } from '../../utils/core/vision/connection-kind';
import { priceOf } from '../../utils/core/vision/cost';
import { Asking } from './request-settings';
import { Spent } from './spending';
import { useConfirmation } from '../../components/controls/use-confirmation';
import type { ConnectionChange } from '../../utils/browser/settings/changes';

export interface ConnectionEvents {
  /** Called inside a click. */
  onAllow: (connection: Connection) => void;
  onRemove: (connection: Connection) => void;
  onMakeDefault: (connection: Connection) => void;
  /** Resolve once it is stored. */
  onForgetKey: (connection: Connection) => Promise<void>;
  onChange: (change: ConnectionChange) => Promise<void>;
}

interface ConnectionSummaryProps extends ConnectionEvents {
  connection: Connection;
  isDefault: boolean;
  keyed: boolean;
  granted: boolean | undefined;
  spending: Spending;
  month: string;
  port: ConnectionPort;
  onEdit: () => void;
}

export function ConnectionSummary(props: ConnectionSummaryProps) {
  const { connection, isDefault, keyed, granted, spending, month, port, ...events } = props;
  const onDevice = isDevice(connection.provider);
  const price = priceOf(connection, connection.model);
  const title = `connection-${connection.id}`;
  const { said, run } = useDone();
  const forget = () => void run(events.onForgetKey(connection), i18n.t('keys.forgottenOne'));
  return (
    <article class="panel" aria-labelledby={title}>
      <div class="panel-head">
        <h3 id={title}>{nameOf(connection)}</h3>
        {isDefault && <span class="badge">{i18n.t('options.inUse')}</span>}
      </div>
      <dl class="facts">
        <div>
          <dt>{i18n.t('options.server')}</dt>
          <dd>
            {onDevice
              ? providerName(connection.provider)
              : `${providerName(connection.provider)}, ${hostOf(connection)}`}
          </dd>
        </div>
        <div>
          <dt>{i18n.t('options.model')}</dt>
          <dd>{connection.model || i18n.t('options.modelNone')}</dd>
        </div>
        {price && !kindOf(connection).local && !onDevice && (
          <div>
            <dt>{i18n.t('options.price')}</dt>
            <dd>{formatPrice(price)}</dd>
          </div>
        )}
        {!onDevice && (
          <>
            <div>
              <dt>{i18n.t('options.key')}</dt>
              <dd>
                {i18n.t(keyed ? 'options.keyStored' : 'options.keyNone')}
                {keyed && <ForgetKey words={i18n.t('options.forgetKey')} onForget={forget} />}
                <Announcement said={said} />
              </dd>
            </div>
            <div>
              <dt>{i18n.t('options.permission')}</dt>
              <dd>
                {granted !== undefined &&
                  i18n.t(granted ? 'options.permissionYes' : 'options.permissionNo')}
                {granted === false && (
                  <Button onClick={() => events.onAllow(connection)}>
                    {i18n.t('options.allow')}
                  </Button>
                )}
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{i18n.t('options.spent')}</dt>
          <dd>
            <Spent connection={connection} spending={spending} month={month} />
          </dd>
        </div>
      </dl>
      <div class="panel-more">
        <Checkup onCheck={() => port.check(connection.id).then(reportOf)} />
        <details>
          <summary>{i18n.t('options.requests')}</summary>
          <Asking connection={connection} onChange={events.onChange} />
        </details>
      </div>
      <Actions
        connection={connection}
        isDefault={isDefault}
        onEdit={events.onEdit}
        onMakeDefault={events.onMakeDefault}
        onRemove={events.onRemove}
      />
    </article>
  );
}

/** What the doctor says, without what went on because of it. */
function reportOf(checked: Awaited<ReturnType<ConnectionPort['check']>>) {
  return checked.ok ? { ok: true as const, value: checked.value.report } : checked;
}

type ActionsProps = Pick<
  ConnectionSummaryProps,
  'connection' | 'isDefault' | 'onEdit' | 'onMakeDefault' | 'onRemove'
>;

/** Removing asks for confirmation: a deleted key cannot be restored. */
function Actions({ connection, isDefault, onEdit, onMakeDefault, onRemove }: ActionsProps) {
  const { asking, setAsking, focused } = useConfirmation();

  if (asking) {
    return (
      <div class="panel-foot">
        <p role="alert">{i18n.t('options.removeSure', [nameOf(connection)])}</p>
        <Button onClick={() => onRemove(connection)}>{i18n.t('options.removeYes')}</Button>
        <Button ref={focused} onClick={() => setAsking(false)}>
          {i18n.t('options.removeNo')}
        </Button>
      </div>
    );
  }
  return (
    <div class="panel-foot">
      {!isDefault && (
        <Button onClick={() => onMakeDefault(connection)}>{i18n.t('options.makeDefault')}</Button>
      )}
      <Button onClick={onEdit}>{i18n.t('options.change')}</Button>
      <Button ref={focused} look="quiet" onClick={() => setAsking(true)}>
        {i18n.t('options.remove')}
      </Button>
    </div>
  );
}
