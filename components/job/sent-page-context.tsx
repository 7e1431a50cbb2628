/** The page context that was sent with an image, and whether to send any from this site. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Sent } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { pageContextOf } from '../../utils/core/jobs/turns';
import { hostOfPage } from '../../utils/core/jobs/job-image';
import { CONTEXT_FIELDS } from '../../utils/core/prompts/page-context';
import type { JobPort } from './job-port';

interface SentTextsProps {
  job: Job;
  sent: Sent;
  port: JobPort;
}

export function SentTexts({ job, sent, port }: SentTextsProps) {
  const pageContext = pageContextOf(job);
  // Where they are kept back, a page seems to have no words, not even a title.
  const [withheld, setWithheld] = useState(Object.keys(pageContext?.texts ?? {}).length === 0);
  const { texts } = sent;
  const host = hostOfPage(job.image);
  if (!pageContext || host === '') return null;
  return (
    <>
      {texts ? (
        <dl class="sent-texts">
          {CONTEXT_FIELDS.map(
            (field) =>
              texts[field] && (
                <div key={field}>
                  <dt>{i18n.t(`sent.text.${field}`)}</dt>
                  <dd dir="auto">{texts[field]}</dd>
                </div>
              ),
          )}
        </dl>
      ) : (
        <p class="job-sent-quiet">{i18n.t('sent.noTexts')}</p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={withheld}
          onChange={({ currentTarget }) => {
            setWithheld(currentTarget.checked);
            void port.call('site.withoutPageContext', {
              jobId: job.id,
              withhold: currentTarget.checked,
            });
          }}
        />
        {job.image.private
          ? i18n.t('sent.neverFromPrivate', [host])
          : i18n.t('sent.neverFrom', [host])}
      </label>
    </>
  );
}
