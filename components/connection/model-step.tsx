/** The third step: a model from the server's own list, or its name where there is none. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { providerKind } from '../../utils/core/vision/providers';
import { passes } from '../../utils/core/vision/check-report';
import type { OfferedModel } from '../../utils/core/vision/provider';
import { Button } from '../controls/button';
import { Field } from '../controls/field';
import { formatDay, formatNumber, formatPrice } from '../../utils/browser/words/format';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { modelGroups } from './model-groups';
import { CheckOutcome } from './check-outcome';
import type { ConnectionFlow } from './use-connection-flow';

/** Stands in the list for a model that is not on it. */
const OTHER = ' other';

export function ModelStep({ flow }: { flow: ConnectionFlow }) {
  const { draft, fields, link, trial, edit } = flow;
  const [checked, setChecked] = useState(false);
  if (link.status !== 'tried') return <p class="quiet-words">{i18n.t('connect.modelLater')}</p>;

  const models = link.models.ok ? link.models.value : [];
  const problem =
    checked && fields.model.trim() === '' ? i18n.t('connect.modelMissing') : undefined;

  function withModel(work: () => Promise<void>): void {
    setChecked(true);
    if (fields.model.trim() === '') document.querySelector<HTMLElement>('#connect-model')?.focus();
    else void work();
  }

  const passed = trial.status === 'ended' && trial.outcome.ok && passes(trial.outcome.value.report);
  return (
    <div class="step-fields">
      {models.length === 0 && <p class="quiet-words">{messageOf(noListWords(flow))}</p>}
      {link.gone !== undefined && (
        <p class="job-notice caution plain">{i18n.t('connect.modelGone', [link.gone])}</p>
      )}
      <ModelField
        key={`${draft.provider} ${models.length}`}
        models={models}
        flow={flow}
        problem={problem}
        onChange={(model) => edit({ model })}
      />
      <div class="step-actions">
        <Button
          look={passed ? 'plain' : 'primary'}
          aria-disabled={trial.status === 'running'}
          onClick={() => withModel(flow.test)}
        >
          {i18n.t(trial.status === 'ended' ? 'connect.testAgain' : 'connect.test')}
        </Button>
        {!passed && trial.status !== 'used' && (
          <Button
            look="quiet"
            aria-disabled={trial.status === 'running'}
            onClick={() => withModel(flow.use)}
          >
            {i18n.t(trial.status === 'ended' ? 'connect.useAnyway' : 'connect.use')}
          </Button>
        )}
        {trial.status === 'none' && <p class="quiet-words">{i18n.t('connect.testHelp')}</p>}
      </div>
      <CheckOutcome trial={trial} model={fields.model} />
    </div>
  );
}

/** Why there is nothing to choose from. */
function noListWords({ draft, link }: ConnectionFlow): MessageKey {
  if (providerKind(draft.provider).listing.paths.length === 0) return 'connect.modelsByHand';
  const listed = link.status === 'tried' && link.models.ok;
  return listed ? 'connect.modelsNone' : 'connect.listFailed';
}

interface ModelFieldProps {
  models: readonly OfferedModel[];
  flow: ConnectionFlow;
  problem: string | undefined;
  onChange: (model: string) => void;
}

function ModelField({ models, flow, problem, onChange }: ModelFieldProps) {
  const { model } = flow.fields;
  const listed = models.some(({ id }) => id === model);
  const [other, setOther] = useState(models.length === 0 || (model !== '' && !listed));

  const nameField = (id: string, wrong: string | undefined) => (
    <Field
      id={id}
      words={i18n.t('connect.modelName')}
      help={i18n.t('connect.modelNameHelp')}
      problem={wrong}
    >
      {(attributes) => (
        <input
          {...attributes}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          value={model}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
  if (models.length === 0) return nameField('connect-model', problem);

  return (
    <>
      <Field
        id="connect-model"
        words={i18n.t('connect.model')}
        problem={other ? undefined : problem}
      >
        {(attributes) => (
          <select
            {...attributes}
            value={other ? OTHER : model}
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              setOther(value === OTHER);
              onChange(value === OTHER ? '' : value);
            }}
          >
            {model === '' && !other && <option value="">{i18n.t('connect.modelChoose')}</option>}
            {modelGroups(models, providerKind(flow.draft.provider)).map((group) => (
              <optgroup key={group.words} label={messageOf(group.words)}>
                {group.models.map((each) => (
                  <option key={each.id} value={each.id}>
                    {optionWords(each)}
                  </option>
                ))}
              </optgroup>
            ))}
            <option value={OTHER}>{i18n.t('connect.modelOther')}</option>
          </select>
        )}
      </Field>
      {other && nameField('connect-model-name', problem)}
      <ModelFacts model={models.find(({ id }) => id === model)} {...{ models, onChange }} />
    </>
  );
}

/** An id, and what it costs, where that is known: "gpt-6-luna · $0.10 in, $0.50 out per million tokens". */
function optionWords({ id, price }: OfferedModel): string {
  return price ? `${id} · ${formatPrice(price)}` : id;
}

interface ModelFactsProps {
  model: OfferedModel | undefined;
  models: readonly OfferedModel[];
  onChange: (model: string) => void;
}

/** What is known of the chosen model: context, price, its end, and what takes its place. */
function ModelFacts({ model, models, onChange }: ModelFactsProps) {
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  if (!model) return null;
  const { context, price, retires, replacement } = model;
  const over = retires !== undefined && retires <= today;
  const facts = [
    ...(context === undefined ? [] : [i18n.t('connect.modelContext', [formatNumber(context)])]),
    ...(price ? [formatPrice(price)] : []),
  ];
  const instead = models.some(({ id }) => id === replacement) ? replacement : undefined;
  return (
    <div class="model-facts">
      {facts.length > 0 && <p class="quiet-words">{facts.join(', ')}</p>}
      {retires !== undefined && (
        <p class="job-notice caution plain">
          {i18n.t(over ? 'connect.modelRetired' : 'connect.modelRetires', [formatDay(retires)])}
        </p>
      )}
      {instead !== undefined && instead !== model.id && (
        <Button onClick={() => onChange(instead)}>
          {i18n.t('connect.modelReplacement', [instead])}
        </Button>
      )}
    </div>
  );
}
