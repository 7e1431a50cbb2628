/** Who is asked with a preset, and how: server, model, detail, limit and effort. */
import { i18n } from '#i18n';
import { Field } from '../../controls/field';
import { DETAILS, EFFORTS, type Preset } from '../../../utils/core/prompts/preset';
import { DEFAULT_MAX_TOKENS, effortsOf } from '../../../utils/core/vision/provider-kind';
import type { Connection } from '../../../utils/core/vision/connection';
import { kindOf, nameOf } from '../../../utils/core/vision/connection-kind';
import { limitProblem } from '../preset-problems';
import { Choice, NumberField } from './choice';
import type { EditField } from './use-draft';

interface ServerFieldsProps {
  id: string;
  preset: Preset;
  /** The one in use first. */
  connections: readonly Connection[];
  onEdit: EditField;
}

export function ServerFields({ id, preset, connections, onEdit }: ServerFieldsProps) {
  const [inUse] = connections;
  const own = connections.find((each) => each.id === preset.connectionId);
  const asked = own ?? inUse;
  const gone = preset.connectionId !== undefined && !own;
  return (
    <>
      <div class="wide">
        <Choice
          id={`server-${id}`}
          words={i18n.t('presets.connection')}
          none={i18n.t('presets.connectionInUse')}
          help={gone ? i18n.t('presets.connectionGone') : undefined}
          options={connections.map((each) => ({ value: each.id, words: wordsOf(each) }))}
          value={own?.id}
          onChoose={(value) => onEdit('connectionId', value)}
        />
      </div>
      <Field id={`model-${id}`} words={i18n.t('presets.model')}>
        {(attributes) => (
          <input
            {...attributes}
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            placeholder={asked?.model}
            value={preset.model ?? ''}
            onInput={({ currentTarget: { value } }) =>
              onEdit('model', value.trim() === '' ? undefined : value)
            }
          />
        )}
      </Field>
      <Choice
        id={`detail-${id}`}
        words={i18n.t('presets.detail')}
        none={i18n.t('presets.usual')}
        options={DETAILS.map((value) => ({ value, words: i18n.t(`presets.details.${value}`) }))}
        value={preset.detail}
        onChoose={(value) => onEdit('detail', value)}
      />
      <Choice
        id={`effort-${id}`}
        words={i18n.t('presets.effort')}
        none={i18n.t('presets.usual')}
        help={knowsEffort(preset, asked) ? undefined : i18n.t('presets.effortUnknown')}
        options={EFFORTS.map((value) => ({ value, words: i18n.t(`presets.efforts.${value}`) }))}
        value={preset.effort}
        onChoose={(value) => onEdit('effort', value)}
      />
      <NumberField
        id={`limit-${id}`}
        words={i18n.t('presets.maxTokens')}
        usual={DEFAULT_MAX_TOKENS}
        problem={limitProblem(preset)}
        value={preset.maxTokens}
        onNumber={(value) => onEdit('maxTokens', value)}
      />
    </>
  );
}

/** A connection as a line of the list: what it is called, and its model. */
function wordsOf(connection: Connection): string {
  const server = nameOf(connection);
  return connection.model ? `${server}, ${connection.model}` : server;
}

/** Whether the chosen effort is sent to the model that would be asked. */
function knowsEffort({ effort, model }: Preset, asked: Connection | undefined): boolean {
  if (!effort || !asked) return true;
  return effortsOf(kindOf(asked), model?.trim() ?? asked.model).includes(effort);
}
