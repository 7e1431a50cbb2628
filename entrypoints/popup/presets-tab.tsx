/** The presets in the popup, loaded when their tab is first chosen: results need none of it. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { StoredPresetsProps } from '../../components/presets/stored-presets';

interface PresetsTabProps extends StoredPresetsProps {
  /** Whether the tab is chosen. */
  chosen: boolean;
}

export function PresetsTab({ chosen, ...props }: PresetsTabProps) {
  const [Loaded, setLoaded] = useState<ComponentType<StoredPresetsProps>>();
  useEffect(() => {
    if (!chosen || Loaded) return;
    import('../../components/presets/stored-presets')
      .then(({ StoredPresets }) => setLoaded(() => StoredPresets))
      .catch(console.error);
  }, [chosen, Loaded]);
  return Loaded ? <Loaded {...props} /> : <p class="loading">{i18n.t('popup.loading')}</p>;
}
