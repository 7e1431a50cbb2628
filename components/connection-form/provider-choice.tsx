/** The kinds of server to choose from, each with where pictures go and what it needs. */
import { i18n } from '#i18n';
import { PROVIDER_IDS, PROVIDERS, type ProviderId } from '../../utils/vision/catalog';
import { PROVIDER_WORDS } from './provider-words';

interface ProviderChoiceProps {
  chosen: ProviderId;
  onChoose: (provider: ProviderId) => void;
}

export function ProviderChoice({ chosen, onChoose }: ProviderChoiceProps) {
  return (
    <div class="providers">
      {PROVIDER_IDS.map((id) => (
        <label key={id} class="provider">
          <input
            type="radio"
            name="provider"
            value={id}
            checked={id === chosen}
            aria-labelledby={`provider-name-${id}`}
            aria-describedby={`provider-words-${id}`}
            onChange={() => onChoose(id)}
          />
          <span id={`provider-name-${id}`} class="provider-name">
            {providerName(id)}
          </span>
          <span id={`provider-words-${id}`} class="provider-words">
            <span class={PROVIDERS[id].local ? 'provider-where local' : 'provider-where'}>
              {i18n.t(PROVIDER_WORDS[id].where)}
            </span>{' '}
            <span class="provider-needs">{i18n.t(PROVIDER_WORDS[id].needs)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

/** Proper names are the same in every language; a server of one's own has none. */
export function providerName(id: ProviderId): string {
  return id === 'custom' ? i18n.t('connect.customName') : PROVIDERS[id].name;
}
