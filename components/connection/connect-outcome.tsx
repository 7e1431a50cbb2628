/** How connecting went, also announced to screen readers. */
import { i18n } from '#i18n';
import { Busy } from '../controls/busy';
import { CheckIcon } from '../controls/icons';
import { Problem } from '../job/problem';
import type { Link } from './use-connection-flow';

export function ConnectOutcome({ link, host }: { link: Link; host: string }) {
  return (
    <div role="status" class="outcome">
      {link.status === 'connecting' && <Busy words={i18n.t('connect.connecting', [host])} />}
      {link.status === 'tried' && !link.models.ok && <Problem failure={link.models} />}
      {link.status === 'tried' && link.models.ok && link.granted && (
        <p class="saved">
          <CheckIcon />
          {i18n.t('connect.connected', [host])}
        </p>
      )}
      {link.status === 'tried' && link.models.ok && !link.granted && (
        <p class="job-notice caution plain">{i18n.t('connect.refused', [host])}</p>
      )}
    </div>
  );
}
