/** A failure in words: what happened, what to do, and what the server said of it. */
import { i18n } from '#i18n';
import type { Failure } from '../../utils/core/errors';
import { errorWords } from '../../utils/browser/words/error-words';
import { AlertIcon } from '../controls/icons';
import { messageOf } from '../../utils/browser/words/message-key';
import { OriginHelp } from '../connection/origin-help';

export function Problem({ failure }: { failure: Failure }) {
  const words = errorWords(failure.code);
  return (
    <div class="job-notice danger">
      <AlertIcon />
      <div>
        <p>
          <strong>{messageOf(words.title)}</strong>
          {messageOf(words.next)}
        </p>
        {failure.mayRefuseExtensions && <p>{i18n.t('origin.instead')}</p>}
        {(failure.code === 'originRefused' || failure.mayRefuseExtensions) && <OriginHelp />}
        {failure.serverWords && (
          <details>
            <summary>{i18n.t('job.serverWords')}</summary>
            <p class="job-server-words" dir="auto">
              {failure.serverWords}
            </p>
            {failure.status !== undefined && <p>{i18n.t('job.serverStatus', [failure.status])}</p>}
          </details>
        )}
      </div>
    </div>
  );
}
