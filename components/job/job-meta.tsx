/** The small print of a job: how long, which model, how many tokens, and what was sent where. */
import { i18n } from '#i18n';
import type { DoneState, Route, Sent, Usage } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { stateOf } from '../../utils/core/jobs/turns';
import {
  formatBytes,
  formatDollars,
  formatNumber,
  formatSeconds,
  formatTime,
} from '../../utils/browser/words/format';
import type { MessageKey } from '../../utils/browser/words/message-key';

/** What the image was, by the route it took. */
const SENT_AS = {
  page: 'sent.page',
  background: 'sent.background',
  screenshot: 'sent.screenshot',
  upload: 'sent.upload',
} as const satisfies Record<Exclude<Route, 'url'>, MessageKey>;

export function JobMeta({ job }: { job: Job }) {
  const state = stateOf(job);
  const sent = 'sent' in state ? state.sent : undefined;
  if (!sent) return null;
  const reused = state.status === 'done' && reusedWords(state);
  if (reused) {
    return (
      <div class="job-meta">
        <p>{reused}</p>
        <p>{state.model}</p>
      </div>
    );
  }
  return (
    <div class="job-meta">
      <p>{sentWords(sent)}</p>
      {state.status === 'done' && (
        <p>
          {[
            // A clock may have been set back meanwhile.
            ...(state.finishedAt >= state.startedAt
              ? [formatSeconds(state.finishedAt - state.startedAt)]
              : []),
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

/** That an answer is from the history, where it is. */
export function reusedWords({ reusedFrom }: DoneState): string | undefined {
  return reusedFrom === undefined ? undefined : i18n.t('job.reused', [formatTime(reusedFrom)]);
}

/** What left the machine: "Sent to localhost:11434: screenshot, 512 × 384 PNG, 43 kB". */
export function sentWords(sent: Sent): string {
  const { route, host, mimeType, width, height, byteLength, count, withoutImage } = sent;
  if (host === '') return i18n.t('job.sentDevice');
  if (withoutImage) return i18n.t('job.sentWithout', [host]);
  if (count !== undefined) {
    return i18n.t('job.sentSeveral', [count, formatBytes(byteLength ?? 0), host]);
  }
  if (route === 'url') return i18n.t('job.sentAddress', [host]);
  const size = width && height && i18n.t('format.size', [width, height]);
  const facts = [
    i18n.t(SENT_AS[route]),
    [size, mimeType && typeName(mimeType)].filter(Boolean).join(' '),
    byteLength === undefined ? '' : formatBytes(byteLength),
  ].filter((fact) => fact !== '');
  return i18n.t('job.sentBytes', [facts.join(', '), host]);
}

/** An image type as people call it: "JPEG" for `image/jpeg`, "SVG" for `image/svg+xml`. */
export function typeName(mimeType: string): string {
  return (/^image\/(?:x-)?([^+]*)/.exec(mimeType)?.[1] ?? mimeType).toUpperCase();
}

/** What the server counted: its tokens, and what they cost where that is known. */
export function usageWords({ inputTokens, outputTokens, cost, estimated }: Usage): string[] {
  const tokens = i18n.t('job.tokens', [formatNumber(inputTokens), formatNumber(outputTokens)]);
  if (cost === undefined) return [tokens];
  const dollars = formatDollars(cost);
  return [tokens, estimated ? i18n.t('job.about', [dollars]) : dollars];
}
