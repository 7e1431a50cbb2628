/** How the server in use is asked: how long to wait for it, and whether it fetches addresses. */
import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { i18n } from '#i18n';
import { Field } from '../../components/field';
import { CheckIcon } from '../../components/icons';
import { connectionSchema, kindOf, type Connection } from '../../utils/vision/connection';

interface AskingProps {
  connection: Connection;
  onChange: (connection: Connection) => Promise<void>;
}

export function Asking({ connection, onChange }: AskingProps) {
  const kind = kindOf(connection);
  const [seconds, setSeconds] = useState(String(kind.firstWordSeconds));
  const [saved, setSaved] = useState<boolean>();
  const wrong = !v.safeParse(connectionSchema.entries.firstWordSeconds, toNumber(seconds)).success;

  async function store(changed: Partial<Connection>): Promise<void> {
    setSaved(undefined);
    try {
      await onChange({ ...connection, ...changed });
      setSaved(true);
    } catch (error) {
      console.error(error);
      setSaved(false);
    }
  }

  return (
    <div class="panel asking">
      <Field
        id="first-word"
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
      <label class="check">
        <input
          type="checkbox"
          checked={kind.takesUrls}
          aria-describedby="takes-urls-help"
          onChange={({ currentTarget }) => void store({ takesUrls: currentTarget.checked })}
        />
        {i18n.t('options.takesUrls')}
        <span id="takes-urls-help" class="field-help">
          {i18n.t('options.takesUrlsHelp')}
        </span>
      </label>
      <p role="status">
        {saved === true && (
          <span class="saved">
            <CheckIcon />
            {i18n.t('options.saved')}
          </span>
        )}
        {saved === false && (
          <span class="field-problem">{i18n.t('error.storageFailed.title')}</span>
        )}
      </p>
    </div>
  );
}

/** Empty is not zero. */
function toNumber(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed);
}
