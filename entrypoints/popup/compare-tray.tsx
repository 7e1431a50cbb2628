/** The pictures chosen for comparison: seen, let go one by one or all, and asked about. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { CloseIcon, CompareIcon } from '../../components/icons';
import { useKeptFocus } from '../../components/kept-focus';
import { NumberedPictures } from '../../components/numbered-pictures';
import { COMPARE_RANGE, type ChosenPicture } from '../../utils/jobs/compare-tray';

export interface CompareTrayProps {
  chosen: readonly ChosenPicture[];
  onCompare: () => void;
  /** Lets one go, or all. */
  onRemove: (id?: string) => void;
}

/** Nothing while none is chosen. */
export function CompareTray({ chosen, onCompare, onRemove }: CompareTrayProps) {
  const tray = useRef<HTMLDivElement>(null);
  const onFocusIn = useKeptFocus(tray, chosen.length);
  const enough = chosen.length >= COMPARE_RANGE[0];
  const heading = i18n.t('compare.tray', chosen.length, [chosen.length]);
  return (
    <div ref={tray} onFocusIn={onFocusIn}>
      <span role="status" class="heard">
        {chosen.length > 0 && heading}
      </span>
      {chosen.length > 0 && (
        <section class="tray" aria-labelledby="tray-title">
          <h2 id="tray-title">{heading}</h2>
          <NumberedPictures pictures={chosen}>
            {({ id, title }) => (
              <Button look="quiet" icon={<CloseIcon />} iconOnly onClick={() => onRemove(id)}>
                {i18n.t('compare.remove', [title])}
              </Button>
            )}
          </NumberedPictures>
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
