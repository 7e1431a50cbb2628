/** The comparison tray: shows the selected images, removes one or all, and compares them. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { CloseIcon, CompareIcon } from '../../components/controls/icons';
import { useKeepFocus } from '../../components/controls/keep-focus';
import { NumberedImages } from '../../components/job/numbered-images';
import { COMPARE_RANGE, type ChosenImage } from '../../utils/browser/jobs/comparison-tray';
import { plural } from '../../utils/browser/words/plural';

export interface ComparisonTrayProps {
  chosen: readonly ChosenImage[];
  onCompare: () => void;
  /** Lets one go, or all. */
  onRemove: (id?: string) => void;
}

/** Nothing while none is chosen. */
export function ComparisonTray({ chosen, onCompare, onRemove }: ComparisonTrayProps) {
  const tray = useRef<HTMLDivElement>(null);
  const onFocusIn = useKeepFocus(tray, chosen.length);
  const enough = chosen.length >= COMPARE_RANGE[0];
  const heading = plural('compare.tray', chosen.length);
  return (
    <div ref={tray} onFocusIn={onFocusIn}>
      <span role="status" class="visually-hidden">
        {chosen.length > 0 && heading}
      </span>
      {chosen.length > 0 && (
        <section class="tray" aria-labelledby="tray-title">
          <h2 id="tray-title">{heading}</h2>
          <NumberedImages images={chosen}>
            {({ id, title }) => (
              <Button look="quiet" icon={<CloseIcon />} iconOnly onClick={() => onRemove(id)}>
                {i18n.t('compare.remove', [title])}
              </Button>
            )}
          </NumberedImages>
          {!enough && <p class="quiet-words">{i18n.t('compare.more')}</p>}
          <div class="job-actions">
            <Button
              look="primary"
              icon={<CompareIcon />}
              aria-disabled={!enough}
              onClick={() => enough && onCompare()}
            >
              {i18n.t('compare.compare')}
            </Button>
            <Button onClick={() => onRemove()}>{i18n.t('compare.empty')}</Button>
          </div>
        </section>
      )}
    </div>
  );
}
