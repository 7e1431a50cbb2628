/** The list of presets, connected to what is stored. */
import { PresetsPanel, type PresetsPanelProps } from './presets';
import { usePresets } from './use-presets';

export type StoredPresetsProps = Pick<PresetsPanelProps, 'connections' | 'onFileElsewhere'>;

export function StoredPresets(props: StoredPresetsProps) {
  return <PresetsPanel {...usePresets()} {...props} />;
}
