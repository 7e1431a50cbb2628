/** Asks for a second opinion: of the same model once more, or of another one. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Job } from '../../utils/core/jobs/job';
import type { ModelChoice } from '../../utils/browser/messaging/job-calls';
import { Button } from '../controls/button';
import type { JobPort } from './job-port';

interface AskOpinionProps {
  job: Job;
  port: JobPort;
  onLeave: () => void;
}

/** A select has no values but text. */
const SAME = '';

export function AskOpinion({ job, port, onLeave }: AskOpinionProps) {
  const [choices, setChoices] = useState<readonly ModelChoice[]>();
  const [chosen, setChosen] = useState(SAME);
  const id = `opinion-${job.id}`;

  useEffect(() => {
    let gone = false;
    async function look(): Promise<void> {
      const found = await port.call('job.models', { jobId: job.id });
      if (!gone) setChoices(found.ok ? found.value : []);
    }
    void look();
    return () => {
      gone = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- asked once, as it opens
  }, [job.id]);

  function ask(): void {
    const [choice, model] = chosen === SAME ? [] : fromValue(chosen);
    const connectionId = choices?.[choice ?? -1]?.connectionId;
    const isOther = connectionId !== undefined && model !== undefined;
    const using = isOther ? { connectionId, model } : undefined;
    void port.call('job.opinion', { jobId: job.id, using });
    onLeave();
  }

  return (
    <div class="ask-opinion">
      <label for={id}>{i18n.t('opinion.of')}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      >
        <option value={SAME}>{i18n.t('opinion.same')}</option>
        {choices?.map(({ connectionId, name, models }, at) => (
          <optgroup key={connectionId} label={name}>
            {models.map((model) => (
              <option key={model} value={`${at} ${model}`}>
                {model}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <span role="status" class="quiet-words">
        {!choices && i18n.t('opinion.loading')}
      </span>
      <div class="job-actions">
        <Button look="primary" onClick={ask}>
          {i18n.t('opinion.ask')}
        </Button>
        <Button onClick={onLeave}>{i18n.t('use.leave')}</Button>
      </div>
    </div>
  );
}

/** The place of the connection, and the model, which may hold spaces. */
function fromValue(value: string): [number, string] {
  const at = value.indexOf(' ');
  return [Number(value.slice(0, at)), value.slice(at + 1)];
}
