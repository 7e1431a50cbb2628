/** The small print of a job: how long, which model, how many tokens, and what was sent where. */
import { i18n } from '#i18n';
import type { Job, Sent, Usage } from '../utils/jobs/job';
import { formatBytes, formatNumber, formatSeconds } from './format';

export function JobMeta({ job: { state } }: { job: Job }) {
  const sent = 'sent' in state ? state.sent : undefined;
  if (!sent) return null;
  return (
    <div class="job-meta">
      <p>{sentWords(sent)}</p>
      {state.status === 'done' && (
        <p>
          {[
            formatSeconds(state.finishedAt - state.startedAt),
            state.model,
            ...(state.usage ? usageWords(state.usage) : []),
          ].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
    </div>
  );
}

/** What left the machine, in a sentence: "Sent: 512 × 384 JPEG, 43 kB, to localhost:11434". */
export function sentWords(sent: Sent): string {
  if (sent.route === 'url') return i18n.t('job.sentAddress', [sent.host]);
  const size = sent.width && sent.height && i18n.t('format.size', [sent.width, sent.height]);
  const type = sent.mimeType?.replace('image/', '').toUpperCase();
  const facts = [
    [size, type].filter(Boolean).join(' '),
    sent.byteLength === undefined ? '' : formatBytes(sent.byteLength),
  ].filter((fact) => fact !== '');
  return i18n.t('job.sentBytes', [facts.join(', ') || i18n.t('job.picture'), sent.host]);
}

function usageWords({ inputTokens, outputTokens, cost }: Usage): string[] {
  const tokens = i18n.t('job.tokens', [formatNumber(inputTokens), formatNumber(outputTokens)]);
  if (cost === undefined) return [tokens];
  const money = { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 } as const;
  return [tokens, formatNumber(cost, money)];
}
