/** How long the history is kept: so many days, so many descriptions, or nothing. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Field } from '../../components/controls/field';
import { errorSentences } from '../../utils/browser/words/error-words';
import { formatNumber } from '../../utils/browser/words/format';
import { CheckIcon } from '../../components/controls/icons';
import { useConfirmation } from '../../components/controls/use-confirmation';
import { errorCode, type ErrorCode } from '../../utils/core/errors';
import {
  DAYS_RANGE,
  ENTRIES_RANGE,
  retentionSchema,
  type Keeping,
  type Retention,
} from '../../utils/browser/history/retention';
import { plural } from '../../utils/browser/words/plural';

export interface RetentionFormProps {
  keeping: Retention;
  /** How many descriptions a choice would delete at once. */
  wouldDelete: (keeping: Keeping) => Promise<number>;
  onKeep: (keeping: Keeping) => Promise<void>;
}

const KINDS = ['days', 'entries', 'nothing'] as const;
const KIND_WORDS = {
  days: 'history.keepDays',
  entries: 'history.keepEntries',
  nothing: 'history.keepNothing',
} as const;

export function RetentionForm({ keeping, wouldDelete, onKeep }: RetentionFormProps) {
  const [kind, setKind] = useState<Keeping['kind']>(
    keeping.kind === 'unknown' ? 'days' : keeping.kind,
  );
  const [days, setDays] = useState(String(keeping.kind === 'days' ? keeping.days : 90));
  const [entries, setEntries] = useState(
    String(keeping.kind === 'entries' ? keeping.entries : 1_000),
  );
  const [said, setSaid] = useState<'kept' | ErrorCode>();
  const [toDelete, setToDelete] = useState(0);
  const { asking, setAsking, focused } = useConfirmation();
  const isUnknown = keeping.kind === 'unknown';
  const chosen = choice(kind, { days, entries });

  async function keep(wanted: Keeping): Promise<void> {
    setAsking(false);
    try {
      await onKeep(wanted);
      setSaid('kept');
    } catch (error) {
      setSaid(errorCode(error));
    }
  }

  async function submit(): Promise<void> {
    setSaid(undefined);
    if (!chosen) return;
    const count = await wouldDelete(chosen).catch(() => 0);
    if (count === 0 && !isUnknown) return await keep(chosen);
    setToDelete(count);
    setAsking(true);
  }

  /** Whoever changes the choice has not been asked about it. */
  function change(set: () => void): void {
    setSaid(undefined);
    if (asking) setAsking(false);
    set();
  }

  return (
    <form
      class="keeping"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset>
        <legend class="visually-hidden">{i18n.t('history.keeping')}</legend>
        {KINDS.map((each) => (
          <label key={each} class="check">
            <input
              type="radio"
              name="keeping"
              checked={kind === each}
              onChange={() => change(() => setKind(each))}
            />
            {i18n.t(KIND_WORDS[each])}
          </label>
        ))}
      </fieldset>
      {kind === 'days' && (
        <NumberField
          id="keeping-days"
          words={i18n.t('history.days')}
          problem={chosen ? undefined : i18n.t('history.wrongDays', rangeWords(DAYS_RANGE))}
          value={days}
          onInput={(typed) => change(() => setDays(typed))}
        />
      )}
      {kind === 'entries' && (
        <NumberField
          id="keeping-entries"
          words={i18n.t('history.entries')}
          problem={chosen ? undefined : i18n.t('history.wrongEntries', rangeWords(ENTRIES_RANGE))}
          value={entries}
          onInput={(typed) => change(() => setEntries(typed))}
        />
      )}
      <p class="field-help">
        {i18n.t(kind === 'nothing' ? 'history.keepNothingHelp' : 'history.keepHelp')}{' '}
        {i18n.t('history.privateHelp')}
      </p>
      {asking && chosen ? (
        <>
          <p role="alert">
            {isUnknown && `${i18n.t('history.keepUnknownSure')} `}
            {plural('history.keepSure', toDelete)}
          </p>
          <div class="step-actions">
            <Button onClick={() => void keep(chosen)}>{i18n.t('history.keepYes')}</Button>
            <Button ref={focused} onClick={() => setAsking(false)}>
              {i18n.t('history.keepNo')}
            </Button>
          </div>
        </>
      ) : (
        <Button ref={focused} type="submit" aria-disabled={!chosen}>
          {i18n.t('history.keep')}
        </Button>
      )}
      <p role="status">
        {said === 'kept' && (
          <span class="saved">
            <CheckIcon />
            {i18n.t('history.kept')}
          </span>
        )}
        {said && said !== 'kept' && <span class="field-problem">{errorSentences(said)}</span>}
      </p>
    </form>
  );
}

/** As it is now, in a few words: "for 90 days". */
export function retentionWords(keeping: Retention): string {
  switch (keeping.kind) {
    case 'days':
      return i18n.t('history.keepDaysNow', [formatNumber(keeping.days)]);
    case 'entries':
      return i18n.t('history.keepEntriesNow', [formatNumber(keeping.entries)]);
    case 'nothing':
      return i18n.t('history.keepNothingNow');
    case 'unknown':
      return i18n.t('history.keepUnknownNow');
  }
}

function rangeWords([least, most]: readonly [number, number]): [string, string] {
  return [formatNumber(least), formatNumber(most)];
}

/** `undefined` where what was typed is no such number. */
function choice(
  kind: Keeping['kind'],
  typed: { days: string; entries: string },
): Keeping | undefined {
  const number = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);
  const wanted = {
    days: { kind, days: number(typed.days) },
    entries: { kind, entries: number(typed.entries) },
    nothing: { kind },
  }[kind];
  const parsed = v.safeParse(retentionSchema, wanted);
  return parsed.success ? parsed.output : undefined;
}

interface NumberFieldProps {
  id: string;
  words: string;
  problem: string | undefined;
  value: string;
  onInput: (value: string) => void;
}

function NumberField({ value, onInput, ...field }: NumberFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <input
          {...attributes}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
