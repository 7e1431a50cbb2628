/** The options of a preset besides its prompt: behind a disclosure, since few people need them. */
import { i18n } from '#i18n';
import { CONTEXT_FIELDS } from '../../../utils/core/prompts/page-context';
import type { Preset } from '../../../utils/core/prompts/preset';
import type { Connection } from '../../../utils/core/vision/connection';
import { lengthProblem } from '../preset-problems';
import { NumberField, Tick } from './choice';
import { LanguageField } from './language-field';
import { ServerFields } from './connection-fields';
import { SlotField } from './shortcut-field';
import type { EditField } from './use-draft';

interface MoreSettingsProps {
  preset: Preset;
  connections: readonly Connection[];
  /** Whether it comes first in the menu. */
  first: boolean;
  /** Whether it has to stay one about a single image. */
  needed: boolean;
  onEdit: EditField;
}

export function MoreSettings({ preset, connections, first, needed, onEdit }: MoreSettingsProps) {
  const { id, context = [] } = preset;
  return (
    <details class="preset-more">
      <summary>{i18n.t('presets.more')}</summary>
      <div class="preset-settings">
        <fieldset class="ticks wide">
          <legend>{i18n.t('presets.context')}</legend>
          <p class="field-help">{i18n.t('presets.contextHelp')}</p>
          {CONTEXT_FIELDS.map((field) => (
            <Tick
              key={field}
              id={`${field}-${id}`}
              words={i18n.t(`sent.text.${field}`)}
              checked={context.includes(field)}
              onTick={(on) => {
                const next = CONTEXT_FIELDS.filter((each) =>
                  each === field ? on : context.includes(each),
                );
                onEdit('context', next.length > 0 ? next : undefined);
              }}
            />
          ))}
        </fieldset>
        <LanguageField
          id={`language-${id}`}
          preset={preset}
          onLanguage={(language) => onEdit('language', language)}
        />
        <NumberField
          id={`length-${id}`}
          words={i18n.t('presets.length')}
          usual={undefined}
          problem={lengthProblem(preset)}
          value={preset.length}
          onNumber={(length) => onEdit('length', length)}
        />
        <ServerFields id={id} preset={preset} connections={connections} onEdit={onEdit} />
        {!preset.compares && (
          <SlotField id={`slot-${id}`} slot={preset.slot} onSlot={(slot) => onEdit('slot', slot)} />
        )}
        <div class="ticks wide">
          <Tick
            id={`shown-${id}`}
            words={i18n.t('presets.shown')}
            help={first ? i18n.t('presets.shownFirst') : undefined}
            checked={first || !preset.hidden}
            disabled={first}
            onTick={(shown) => onEdit('hidden', shown ? undefined : true)}
          />
          <Tick
            id={`compares-${id}`}
            words={i18n.t('presets.compares')}
            help={i18n.t(needed ? 'presets.comparesNeeded' : 'presets.comparesHelp')}
            checked={preset.compares ?? false}
            disabled={needed}
            onTick={(compares) => onEdit('compares', compares || undefined)}
          />
        </div>
      </div>
    </details>
  );
}
