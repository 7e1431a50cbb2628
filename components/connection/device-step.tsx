/** The second step for a browser's own model: what it is, what it cannot do, and its download. */
import { i18n } from '#i18n';
import { isDevice } from '../../utils/core/vision/provider-kind';
import { DEVICE_FACTS } from '../../utils/core/vision/device-model';
import { Busy } from '../controls/busy';
import { Button } from '../controls/button';
import { formatBytes, formatLanguage, formatNumber } from '../../utils/browser/words/format';
import { CheckIcon } from '../controls/icons';
import { Problem } from '../job/problem';
import type { ConnectionFlow } from './use-connection-flow';

export function DeviceStep({ flow }: { flow: ConnectionFlow }) {
  const { draft, link, device } = flow;
  if (!isDevice(draft.provider)) return null;
  const { downloadBytes, languages, takesPrompts } = DEVICE_FACTS[draft.provider];
  const share = link.status === 'connecting' ? link.share : undefined;
  return (
    <div class="step-fields">
      <ul class="device-facts">
        {device !== 'available' && (
          <li>{i18n.t('device.download', [formatBytes(downloadBytes)])}</li>
        )}
        <li>{i18n.t('device.languages', [languages.map(formatLanguage).join(', ')])}</li>
        {!takesPrompts && <li>{i18n.t('device.noPrompts')}</li>}
        <li>{i18n.t('device.small')}</li>
      </ul>
      <Button
        look={link.status === 'tried' && link.models.ok ? 'plain' : 'primary'}
        aria-disabled={link.status === 'connecting'}
        onClick={flow.prepareDevice}
      >
        {i18n.t(device === 'available' ? 'device.use' : 'device.get')}
      </Button>
      {link.status === 'connecting' && (
        <div class="device-progress">
          <Busy
            words={
              share === undefined
                ? i18n.t('device.preparing')
                : i18n.t('device.downloaded', [formatNumber(share, { style: 'percent' })])
            }
          />
          <progress aria-label={i18n.t('device.progress')} value={share} />
        </div>
      )}
      <div role="status" class="outcome">
        {link.status === 'tried' && !link.models.ok && <Problem failure={link.models} />}
        {link.status === 'tried' && link.models.ok && (
          <p class="saved">
            <CheckIcon />
            {i18n.t('device.ready')}
          </p>
        )}
      </div>
    </div>
  );
}
