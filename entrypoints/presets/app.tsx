/** The page of the presets, connected to what is stored. */
import { i18n } from '#i18n';
import { useConnections } from '../../components/connection/use-connections';
import { MarkIcon } from '../../components/controls/icons';
import { PresetsPanel } from '../../components/presets/presets';
import { usePresets } from '../../components/presets/use-presets';

export function App() {
  const [stored] = useConnections();
  return (
    <main class="column">
      <p class="brand">
        <MarkIcon />
        {i18n.t('extension.name')}
      </p>
      <h1>{i18n.t('presets.title')}</h1>
      <PresetsPanel {...usePresets()} connections={stored?.connections} />
    </main>
  );
}
