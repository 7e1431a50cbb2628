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
  type RetentionChoice,
  type Retention,
} from '../../utils/browser/history/retention';
import { plural } from '../../utils/browser/words/plural';

export interface RetentionFormProps {
  retention: Retention;
  /** How many descriptions a choice would delete at once. */
  wouldDelete: (retention: RetentionChoice) => Promise<number>;
  onKeep: (retention: RetentionChoice) => Promise<void>;
}

const KINDS = ['days', 'entries', 'nothing'] as const;
const KIND_WORDS = {
  days: 'history.keepDays',
  entries: 'history.keepEntries',
  nothing: 'history.keepNothing',
} as const;

export function RetentionForm({ retention, wouldDelete, onKeep }: RetentionFormProps) {
  const [kind, setKind] = useState<RetentionChoice['kind']>(
    retention.kind === 'unknown' ? 'days' : retention.kind,
  );
  const [days, setDays] = useState(String(retention.kind === 'days' ? retention.days : 90));
  const [entries, setEntries] = useState(
    String(retention.kind === 'entries' ? retention.entries : 1_000),
  );
  const [said, setSaid] = useState<'kept' | ErrorCode>();
  const [toDelete, setToDelete] = useState(0);
  const { asking, setAsking, focused } = useConfirmation();
  const isUnknown = retention.kind === 'unknown';
  const chosen = choice(kind, { days, entries });

  async function keep(wanted: RetentionChoice): Promise<void> {
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
      class="retention"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset>
        <legend class="visually-hidden">{i18n.t('history.retention')}</legend>
        {KINDS.map((each) => (
          <label key={each} class="check">
            <input
              type="radio"
              name="retention"
              checked={kind === each}
              onChange={() => change(() => setKind(each))}
            />
            {i18n.t(KIND_WORDS[each])}
          </label>
        ))}
      </fieldset>
      {kind === 'days' && (
        <NumberField
          id="retention-days"
          words={i18n.t('history.days')}
          problem={chosen ? undefined : i18n.t('history.wrongDays', rangeWords(DAYS_RANGE))}
          value={days}
          onInput={(typed) => change(() => setDays(typed))}
        />
      )}
      {kind === 'entries' && (
        <NumberField
          id="retention-entries"
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
            {i18n.t('history.saved')}
          </span>
        )}
        {said && said !== 'kept' && <span class="field-problem">{errorSentences(said)}</span>}
      </p>
    </form>
  );
}

/** As it is now, in a few words: "for 90 days". */
export function retentionWords(retention: Retention): string {
  switch (retention.kind) {
    case 'days':
      return i18n.t('history.keepDaysNow', [formatNumber(retention.days)]);
    case 'entries':
      return i18n.t('history.keepEntriesNow', [formatNumber(retention.entries)]);
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
  kind: RetentionChoice['kind'],
  typed: { days: string; entries: string },
): RetentionChoice | undefined {
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
