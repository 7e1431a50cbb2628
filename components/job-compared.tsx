/** The pictures that a question is about where there are several, with the numbers that its answer
 * uses. */
import { i18n } from '#i18n';
import type { Job } from '../utils/jobs/job';
import { PictureIcon } from './icons';

/** Nothing where it is about one. */
export function JobCompared({ job: { compared } }: { job: Job }) {
  if (!compared) return null;
  return (
    <ol class="compared" aria-label={i18n.t('compare.pictures')}>
      {compared.map(({ id, title, thumbnail }) => (
        <li key={id}>
          <span class="compared-picture">
            {thumbnail ? <img src={thumbnail} alt="" /> : <PictureIcon />}
          </span>
          <span class="compared-title" dir="auto" title={title}>
            {title}
          </span>
        </li>
      ))}
    </ol>
  );
}
