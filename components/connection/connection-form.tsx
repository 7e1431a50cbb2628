/** From a choice of server to a tested connection, on one page in three steps. */
import type { ComponentChildren } from 'preact';
import { i18n } from '#i18n';
import { isDevice, type ProviderId } from '../../utils/core/vision/provider-kind';
import { passes } from '../../utils/core/vision/check-report';
import type { StoredConnections } from './use-connections';
import { AccessStep } from './access-step';
import type { ConnectionPort } from './connection-port';
import { DeviceStep } from './device-step';
import type { FormFor } from './draft';
import { FindLocalServers } from './find-local-servers';
import { ModelStep } from './model-step';
import { ProviderChoice, providerName } from './provider-choice';
import { useConnectionFlow, type Trial } from './use-connection-flow';

interface ConnectionFormProps {
  what: FormFor;
  stored: StoredConnections;
  port: ConnectionPort;
  /** Reads the stored connections again. */
  onStoredChange: () => Promise<void>;
  /** Called when a connection is ready, with the jobs that had waited for it. */
  onReady: (resumedJobIds: readonly string[]) => void;
}

export function ConnectionForm({
  what,
  stored,
  port,
  onStoredChange,
  onReady,
}: ConnectionFormProps) {
  const flow = useConnectionFlow({ what, stored, port, onStoredChange, onReady });
  return (
    <div class="steps">
      {what.kind !== 'change' && (
        <Step
          title={i18n.t('connect.providerTitle')}
          help={i18n.t('connect.providerHelp')}
          done={flow.link.status === 'tried'}
        >
          <ProviderChoice
            chosen={flow.draft.provider}
            onDevice={[...flow.devices.keys()]}
            onChoose={flow.choose}
          />
          <FindLocalServers onLook={port.look} onChoose={flow.choose} />
        </Step>
      )}
      <Step
        title={accessTitle(flow.draft.provider)}
        done={flow.link.status === 'tried' && flow.link.models.ok}
      >
        {isDevice(flow.draft.provider) ? (
          <DeviceStep flow={flow} />
        ) : (
          <AccessStep {...{ what, flow, stored, port, onStoredChange }} />
        )}
      </Step>
      <Step
        title={i18n.t('connect.modelTitle')}
        done={isInUse(flow.trial)}
        ahead={flow.link.status !== 'tried'}
      >
        <ModelStep flow={flow} />
      </Step>
    </div>
  );
}

function accessTitle(provider: ProviderId): string {
  if (isDevice(provider)) return providerName(provider);
  return provider === 'custom'
    ? i18n.t('connect.accessTitleCustom')
    : i18n.t('connect.accessTitle', [providerName(provider)]);
}

function isInUse(trial: Trial): boolean {
  if (trial.status === 'ended') return trial.outcome.ok && passes(trial.outcome.value.report);
  return trial.status === 'used' && trial.outcome.ok;
}

interface StepProps {
  title: string;
  help?: string;
  done: boolean;
  /** Not yet reached. */
  ahead?: boolean;
  children: ComponentChildren;
}

function Step({ title, help, done, ahead, children }: StepProps) {
  return (
    <fieldset class={`step${done ? ' done' : ''}${ahead ? ' ahead' : ''}`}>
      <legend>{title}</legend>
      {help && <p class="quiet-words">{help}</p>}
      {children}
    </fieldset>
  );
}
