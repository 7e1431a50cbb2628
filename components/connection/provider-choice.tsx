/** The providers to choose from, grouped by where images go, each with what it needs. */
import { i18n } from '#i18n';
import { providerKind } from '../../utils/core/vision/providers';
import { SERVER_IDS, type ProviderId } from '../../utils/core/vision/provider-kind';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { providerWords } from './provider-words';

interface ProviderChoiceProps {
  chosen: ProviderId;
  /** Those that this browser has of its own. */
  onDevice: readonly ProviderId[];
  onChoose: (provider: ProviderId) => void;
}

export function ProviderChoice({ chosen, onDevice, onChoose }: ProviderChoiceProps) {
  const isLocal = (id: ProviderId) => providerKind(id).local;
  const groups: [MessageKey, readonly ProviderId[]][] = [
    ['connect.inBrowser', onDevice],
    ['connect.onInternet', SERVER_IDS.filter((id) => !isLocal(id))],
    ['connect.onMachine', SERVER_IDS.filter(isLocal)],
  ];
  return (
    <>
      {groups.map(
        ([title, ids]) =>
          ids.length > 0 && (
            <div key={title} class="provider-group" role="group" aria-label={messageOf(title)}>
              <p class="provider-group-title">{messageOf(title)}</p>
              <div class="providers">
                {ids.map((id) => (
                  <ProviderCard key={id} id={id} checked={id === chosen} onChoose={onChoose} />
                ))}
              </div>
            </div>
          ),
      )}
    </>
  );
}

interface ProviderCardProps {
  id: ProviderId;
  checked: boolean;
  onChoose: (provider: ProviderId) => void;
}

function ProviderCard({ id, checked, onChoose }: ProviderCardProps) {
  return (
    <label class="provider">
      <input
        type="radio"
        name="provider"
        value={id}
        checked={checked}
        aria-labelledby={`provider-name-${id}`}
        aria-describedby={`provider-words-${id}`}
        onChange={() => onChoose(id)}
      />
      <span id={`provider-name-${id}`} class="provider-name">
        {providerName(id)}
      </span>
      <span id={`provider-words-${id}`} class="provider-words">
        {messageOf(providerWords(id).needs)}
      </span>
    </label>
  );
}

/** Proper names are the same in every language; a server of one's own has none. */
export function providerName(id: ProviderId): string {
  return id === 'custom' ? i18n.t('connect.customName') : providerKind(id).name;
}
