/** The welcome page as a person sees it: connect a model, then learn the one thing to know. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { ConnectionForm } from '../../components/connection/connection-form';
import type { ConnectionPort } from '../../components/connection/connection-port';
import { Brand } from '../../components/controls/brand';
import { MarkIcon } from '../../components/controls/icons';
import type { StoredConnections } from '../../components/connection/use-connections';
import { plural } from '../../utils/browser/words/plural';

interface WelcomeProps {
  /** `undefined` until it has been read. */
  stored: StoredConnections | undefined;
  port: ConnectionPort;
  /** How many images wait for a connection. */
  waiting: number;
  onStoredChange: () => Promise<void>;
  onReveal: (jobId: string) => void;
}

export function Welcome({ stored, port, waiting, onStoredChange, onReveal }: WelcomeProps) {
  const [resumed, setResumed] = useState<readonly string[]>();
  return (
    <main class="sheet">
      <Brand />
      <h1>{i18n.t('welcome.title')}</h1>
      <p class="lead">{i18n.t('welcome.lead')}</p>
      <div role="status" class="welcome-waiting">
        {waiting > 0 && !resumed && (
          <p class="job-notice">
            <MarkIcon />
            {plural('welcome.waiting', waiting)}
          </p>
        )}
      </div>
      {stored && (
        <ConnectionForm
          what={{ kind: 'first' }}
          {...{ stored, port, onStoredChange }}
          onReady={setResumed}
        />
      )}
      {resumed && <Ready resumedJobIds={resumed} onReveal={onReveal} />}
    </main>
  );
}

interface ReadyProps {
  resumedJobIds: readonly string[];
  onReveal: (jobId: string) => void;
}

function Ready({ resumedJobIds, onReveal }: ReadyProps) {
  const section = useRef<HTMLElement>(null);
  const first = resumedJobIds[0];
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, []);
  return (
    <section ref={section} class="welcome-ready" aria-labelledby="ready">
      <h2 id="ready">{i18n.t('welcome.ready')}</h2>
      {first !== undefined && (
        <Button look="primary" onClick={() => onReveal(first)}>
          {i18n.t('welcome.back')}
        </Button>
      )}
      <p>{i18n.t('welcome.readyLead')}</p>
      <ol>
        <li>{i18n.t('welcome.step1')}</li>
        <li>{i18n.t('welcome.step2', [i18n.t('menu.describe')])}</li>
        <li>{i18n.t('welcome.step3')}</li>
      </ol>
      <p class="quiet-words">{i18n.t('welcome.keyboard')}</p>
      <p class="quiet-words">{i18n.t('welcome.changeLater')}</p>
    </section>
  );
}
