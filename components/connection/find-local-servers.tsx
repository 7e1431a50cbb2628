/** "Look for local models": asks this computer's usual ports when pressed, and never otherwise. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Result } from '../../utils/core/errors';
import type { FoundServer } from '../../utils/browser/messaging/background-calls';
import type { ProviderId } from '../../utils/core/vision/provider-kind';
import { Busy } from '../controls/busy';
import { Button } from '../controls/button';
import { OriginHelp } from './origin-help';
import { Problem } from '../job/problem';
import { providerName } from './provider-choice';
import { plural } from '../../utils/browser/words/plural';

interface FindLocalServersProps {
  onLook: () => Promise<Result<FoundServer[]>>;
  onChoose: (provider: ProviderId) => void;
}

export function FindLocalServers({ onLook, onChoose }: FindLocalServersProps) {
  const [looking, setLooking] = useState(false);
  const [found, setFound] = useState<Result<FoundServer[]>>();

  async function show(asked: Promise<Result<FoundServer[]>>): Promise<void> {
    setFound(await asked);
    setLooking(false);
  }

  /** Asks the browser for leave, so nothing is awaited on the way. */
  function look(): void {
    const asked = onLook();
    setLooking(true);
    setFound(undefined);
    void show(asked);
  }

  return (
    <div class="look">
      <div class="step-actions">
        <Button aria-disabled={looking} onClick={look}>
          {i18n.t('connect.look')}
        </Button>
        <p class="quiet-words">{i18n.t('connect.lookHelp')}</p>
      </div>
      <div role="status" class="outcome">
        {looking && <Busy words={i18n.t('connect.looking')} />}
        {found && !found.ok && <Problem failure={found} />}
        {found?.ok && found.value.length === 0 && <p>{i18n.t('connect.lookNothing')}</p>}
        {found?.ok &&
          found.value.map(({ provider, models }) =>
            typeof models === 'string' ? (
              <div key={provider}>
                <p>
                  {i18n.t(models === 'refused' ? 'connect.lookRefused' : 'connect.lookHidden', [
                    providerName(provider),
                  ])}
                </p>
                <OriginHelp />
              </div>
            ) : (
              <p key={provider}>{plural('connect.lookFound', models, providerName(provider))}</p>
            ),
          )}
      </div>
      {found?.ok && found.value.length > 0 && (
        <div class="step-actions">
          {found.value.map(({ provider }) => (
            <Button key={provider} onClick={() => onChoose(provider)}>
              {i18n.t('connect.lookUse', [providerName(provider)])}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
