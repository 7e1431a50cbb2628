/** The search field and the filters: site, preset, model and dates. */
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Field } from '../../components/controls/field';
import type { HistoryFilter } from '../../utils/browser/history/entry';
import type { Facets } from './use-history';

interface FiltersProps {
  filter: HistoryFilter;
  facets: Facets;
  onFilter: (filter: HistoryFilter) => void;
}

export function Filters({ filter, facets, onFilter }: FiltersProps) {
  function set(change: { [Key in keyof HistoryFilter]: HistoryFilter[Key] | undefined }): void {
    const all = Object.entries({ ...filter, ...change });
    onFilter(Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== '')));
  }

  return (
    <search class="history-filters">
      <Field
        id="history-words"
        words={i18n.t('history.search')}
        help={i18n.t('history.searchHelp')}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="search"
            autoComplete="off"
            spellcheck={false}
            value={filter.words ?? ''}
            onInput={({ currentTarget }) => set({ words: currentTarget.value })}
          />
        )}
      </Field>
      <div class="history-choices">
        <Choice
          id="history-site"
          words={i18n.t('history.site')}
          chosen={filter.site}
          values={facets.sites}
          onChoose={(site) => set({ site })}
        />
        <Choice
          id="history-preset"
          words={i18n.t('history.preset')}
          chosen={filter.presetName}
          values={facets.presetNames}
          onChoose={(presetName) => set({ presetName })}
        />
        <Choice
          id="history-model"
          words={i18n.t('history.model')}
          chosen={filter.model}
          values={facets.models}
          onChoose={(model) => set({ model })}
        />
        <Day
          id="history-from"
          words={i18n.t('history.from')}
          moment={filter.from}
          onChoose={(day) => set({ from: day === undefined ? undefined : startOf(day) })}
        />
        <Day
          id="history-until"
          words={i18n.t('history.until')}
          // The last moment of that day.
          moment={filter.until === undefined ? undefined : filter.until - 1}
          onChoose={(day) => set({ until: day === undefined ? undefined : startOf(day, 1) })}
        />
        {Object.keys(filter).length > 0 && (
          <Button look="quiet" onClick={() => onFilter({})}>
            {i18n.t('history.clear')}
          </Button>
        )}
      </div>
    </search>
  );
}

interface ChoiceProps {
  id: string;
  words: string;
  chosen: string | undefined;
  values: readonly string[];
  onChoose: (value: string | undefined) => void;
}

function Choice({ id, words, chosen, values, onChoose }: ChoiceProps) {
  // What was chosen may be gone by now: it is shown as long as it counts.
  const offered = chosen === undefined || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <Field id={id} words={words}>
      {(attributes) => (
        <select
          {...attributes}
          value={chosen ?? ''}
          onChange={({ currentTarget }) => onChoose(currentTarget.value || undefined)}
        >
          <option value="">{i18n.t('history.any')}</option>
          {offered.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface DayProps {
  id: string;
  words: string;
  moment: number | undefined;
  onChoose: (day: string | undefined) => void;
}

function Day({ id, words, moment, onChoose }: DayProps) {
  return (
    <Field id={id} words={words}>
      {(attributes) => (
        <input
          {...attributes}
          type="date"
          value={moment === undefined ? '' : dayOf(moment)}
          onChange={({ currentTarget }) => onChoose(currentTarget.value || undefined)}
        />
      )}
    </Field>
  );
}

/** The first moment of a day here, or of one so many days later; days have not all 24 hours. */
function startOf(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

/** A day here as a date field takes it: `2026-11-26`. */
function dayOf(moment: number): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-');
}
