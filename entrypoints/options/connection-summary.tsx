/** The connection in use, as facts, with what can be done about it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { hostOf, type Connection } from '../../utils/vision/connection';
import { providerName } from '../../components/connection-form/provider-choice';

interface ConnectionSummaryProps {
  connection: Connection;
  keyed: boolean;
  granted: boolean | undefined;
  onChange: () => void;
  onAllow: (connection: Connection) => void;
  onForgetKey: (connection: Connection) => void;
  onRemove: (connection: Connection) => void;
}

export function ConnectionSummary({
  connection,
  keyed,
  granted,
  ...events
}: ConnectionSummaryProps) {
  const server = `${providerName(connection.provider)}, ${hostOf(connection)}`;
  return (
    <div class="panel">
      <dl class="facts">
        <div>
          <dt>{i18n.t('options.server')}</dt>
          <dd>{server}</dd>
        </div>
        <div>
          <dt>{i18n.t('options.model')}</dt>
          <dd>{connection.model || i18n.t('options.modelNone')}</dd>
        </div>
        <div>
          <dt>{i18n.t('options.key')}</dt>
          <dd>
            {i18n.t(keyed ? 'options.keyStored' : 'options.keyNone')}
            {keyed && (
              <Button onClick={() => events.onForgetKey(connection)}>
                {i18n.t('options.forgetKey')}
              </Button>
            )}
          </dd>
        </div>
        <div>
          <dt>{i18n.t('options.permission')}</dt>
          <dd>
            {granted !== undefined &&
              i18n.t(granted ? 'options.permissionYes' : 'options.permissionNo')}
            {granted === false && (
              <Button onClick={() => events.onAllow(connection)}>{i18n.t('options.allow')}</Button>
            )}
          </dd>
        </div>
      </dl>
      <Actions {...{ connection }} onChange={events.onChange} onRemove={events.onRemove} />
    </div>
  );
}

type ActionsProps = Pick<ConnectionSummaryProps, 'connection' | 'onChange' | 'onRemove'>;

/** Removing asks once more: a key that is gone has to be made anew. */
function Actions({ connection, onChange, onRemove }: ActionsProps) {
  const [asking, setAsking] = useState<boolean>();
  const focused = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking !== undefined) focused.current?.focus();
  }, [asking]);

  if (asking) {
    return (
      <div class="panel-foot">
        <p role="alert">{i18n.t('options.removeSure', [hostOf(connection)])}</p>
        <Button onClick={() => onRemove(connection)}>{i18n.t('options.removeYes')}</Button>
        <Button ref={focused} onClick={() => setAsking(false)}>
          {i18n.t('options.removeNo')}
        </Button>
      </div>
    );
  }
  return (
    <div class="panel-foot">
      <Button onClick={onChange}>{i18n.t('options.change')}</Button>
      <Button ref={focused} look="quiet" onClick={() => setAsking(true)}>
        {i18n.t('options.remove')}
      </Button>
    </div>
  );
}
