/** Descry's own presets as they are when new, named in the language of the browser. */
import { i18n } from '#i18n';
import { BUILTIN_PRESETS } from '../../utils/prompts/builtin';
import type { Preset } from '../../utils/prompts/preset';

export function ourPresets(): Preset[] {
  return BUILTIN_PRESETS.map(({ nameKey, ...rest }) =>
    Object.assign(rest, { name: i18n.t(nameKey) }),
  );
}
