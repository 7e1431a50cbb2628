/** The page of the presets, connected to what is stored. */
import { i18n } from '#i18n';
import { useConnections } from '../../components/connection/use-connections';
import { Brand } from '../../components/controls/brand';
import { StoredPresets } from '../../components/presets/stored-presets';

export function App() {
  const [stored] = useConnections();
  return (
    <main class="column">
      <Brand />
      <h1>{i18n.t('presets.title')}</h1>
      <StoredPresets connections={stored?.connections} />
    </main>
  );
}
