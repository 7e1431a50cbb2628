/** How a server is asked: how long to wait for it, whether it fetches addresses, for how much. */
import { useEffect, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import { i18n } from '#i18n';
import { Field } from '../../components/controls/field';
import { errorSentences } from '../../utils/browser/words/error-words';
import { CheckIcon } from '../../components/controls/icons';
import { errorCode, type ErrorCode } from '../../utils/core/errors';
import { connectionChange, type ConnectionChange } from '../../utils/browser/settings/changes';
import { isDevice } from '../../utils/core/vision/provider-kind';
import { connectionSchema, type Connection } from '../../utils/core/vision/connection';
import { kindOf } from '../../utils/core/vision/connection-kind';
import { priceOf } from '../../utils/core/vision/cost';

/** What can be changed here; `undefined` takes a cap away. */
interface Changed {
  firstWordSeconds?: number;
  takesUrls?: boolean;
  monthlyCap?: number | undefined;
}

interface AskingProps {
  connection: Connection;
  /** Resolves once it is stored. */
  onChange: (change: ConnectionChange) => Promise<void>;
}

export function Asking({ connection, onChange }: AskingProps) {
  const kind = kindOf(connection);
  const onDevice = isDevice(connection.provider);
  const [seconds, setSeconds] = useTyped(String(kind.firstWordSeconds));
  const [saved, setSaved] = useState<'saved' | ErrorCode>();
  const [cap, setCap] = useTyped(String(connection.monthlyCap ?? ''));
  const capWrong = cap.trim() !== '' && !capOf(cap).success;
  const wrong = !v.safeParse(connectionSchema.entries.firstWordSeconds, toNumber(seconds)).success;

  async function store(changed: Changed): Promise<void> {
    setSaved(undefined);
    try {
      await onChange(connectionChange(connection.id, changed));
      setSaved('saved');
    } catch (error) {
      setSaved(errorCode(error));
    }
  }

  return (
    <div class="asking">
      <Field
        id={`first-word-${connection.id}`}
        words={i18n.t('options.firstWord')}
        help={i18n.t('options.firstWordHelp')}
        problem={wrong ? i18n.t('options.firstWordWrong') : undefined}
      >
        {(attributes) => (
          <input
            {...attributes}
            inputMode="numeric"
            autoComplete="off"
            value={seconds}
            onInput={({ currentTarget }) => setSeconds(currentTarget.value)}
            onChange={() => {
              if (!wrong) void store({ firstWordSeconds: toNumber(seconds) });
            }}
          />
        )}
      </Field>
      {!onDevice && (
        <label class="check">
          <input
            type="checkbox"
            checked={kind.takesUrls}
            aria-describedby={`takes-urls-${connection.id}`}
            onChange={({ currentTarget }) => void store({ takesUrls: currentTarget.checked })}
          />
          {i18n.t('options.takesUrls')}
          <span id={`takes-urls-${connection.id}`} class="field-help">
            {i18n.t('options.takesUrlsHelp')}
          </span>
        </label>
      )}
      {!kind.local && !onDevice && (
        <Field
          id={`cap-${connection.id}`}
          words={i18n.t('options.cap')}
          help={i18n.t(
            priceOf(connection, connection.model) ? 'options.capHelp' : 'options.capHelpUnknown',
          )}
          problem={capWrong ? i18n.t('options.capWrong') : undefined}
        >
          {(attributes) => (
            <input
              {...attributes}
              inputMode="decimal"
              autoComplete="off"
              value={cap}
              onInput={({ currentTarget }) => setCap(currentTarget.value)}
              onChange={() => {
                if (!capWrong) void store({ monthlyCap: capOf(cap).output });
              }}
            />
          )}
        </Field>
      )}
      <p role="status">
        {saved === 'saved' && (
          <span class="saved">
            <CheckIcon />
            {i18n.t('options.saved')}
          </span>
        )}
        {saved && saved !== 'saved' && <span class="field-problem">{errorSentences(saved)}</span>}
      </p>
    </div>
  );
}

/** A text as it is typed here; where nothing else was typed, as another page has it stored. */
function useTyped(stored: string): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(stored);
  const known = useRef(stored);
  useEffect(() => {
    const before = known.current;
    known.current = stored;
    setTyped((now) => (now === before ? stored : now));
  }, [stored]);
  return [typed, setTyped];
}

/** A comma is a decimal point where people write one. */
function capOf(typed: string): { success: boolean; output: number | undefined } {
  if (typed.trim() === '') return { success: true, output: undefined };
  const amount = toNumber(typed.replace(',', '.'));
  const { success } = v.safeParse(connectionSchema.entries.monthlyCap, amount);
  return { success, output: success ? amount : undefined };
}

/** Empty is not zero. */
function toNumber(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed);
}
