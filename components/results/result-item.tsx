/** One result: its image, when and where, its words, and what can be done with them. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { formatAgo } from '../../utils/browser/words/format';
import { ChevronIcon, DeleteIcon, ImageIcon, RevealIcon } from '../controls/icons';
import { JobActions } from '../job/job-actions';
import { JobAnnouncer, useAnnounced } from '../job/job-announcer';
import { JobBody } from '../job/job-body';
import { JobMeta } from '../job/job-meta';
import { JobOpinions } from '../job/job-opinions';
import { JobPurpose } from '../job/job-purpose';
import { NumberedImages } from '../job/numbered-images';
import { EarlierTurns, JobAsk } from '../job/job-turns';
import type { JobPort } from '../job/job-port';
import { JobSent } from '../job/job-sent';
import { textOf } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { stateOf } from '../../utils/core/jobs/turns';
import { siteOfPage } from '../../utils/core/jobs/job-image';

export interface ResultEvents {
  port: JobPort;
  onRemove: (jobId: string) => void;
  onReveal: (jobId: string) => void;
}

export interface ResultItemProps extends ResultEvents {
  job: Job;
  now: number;
  /** Whether this page was opened for this job, or the job was asked for here. */
  shown: boolean;
  /** Whether it has the page to itself: it stays whole, and its name is the page's heading. */
  alone?: boolean;
}

export function ResultItem({ job, now, shown, alone = false, port, ...events }: ResultItemProps) {
  const item = useRef<HTMLElement | null>(null);
  const [whole, setWhole] = useState(shown);
  const state = stateOf(job);
  const announced = useAnnounced(state, shown);
  const { id, preset, image } = job;
  const titleId = `result-${id}`;
  const site = siteOfPage(image);
  const Item = alone ? 'article' : 'li';
  const Title = alone ? 'h1' : 'h2';
  const setItem = useCallback((element: HTMLElement | null) => {
    item.current = element;
  }, []);

  useEffect(() => {
    if (!shown) return;
    setWhole(true);
    // A page of its own begins with why it is here, and that stays in sight.
    item.current?.focus({ preventScroll: alone });
  }, [shown, alone]);

  return (
    <Item ref={setItem} class="result" tabIndex={-1} aria-labelledby={titleId}>
      <div class="result-head">
        <span class="result-image">
          {job.thumbnail ? <img src={job.thumbnail} alt="" /> : <ImageIcon />}
        </span>
        <div class="result-title">
          <Title id={titleId} dir="auto">
            {preset.name}
          </Title>
          <p class="quiet-words">
            <time dateTime={new Date(job.createdAt).toISOString()}>
              {formatAgo(job.createdAt, now)}
            </time>{' '}
            {image.kind === 'file' ? (
              <bdi>{image.name}</bdi>
            ) : (
              site && i18n.t('popup.onHost', [site])
            )}
          </p>
        </div>
        {image.kind !== 'file' && (
          <Button
            look="quiet"
            icon={<RevealIcon />}
            iconOnly
            title={i18n.t('popup.reveal')}
            onClick={() => events.onReveal(id)}
          >
            {i18n.t('popup.reveal')}
          </Button>
        )}
        <Button
          look="quiet"
          icon={<DeleteIcon />}
          iconOnly
          title={i18n.t('popup.delete')}
          onClick={() => events.onRemove(id)}
        >
          {i18n.t('popup.delete')}
        </Button>
      </div>
      <div class={whole ? 'result-body' : 'result-body clamped'}>
        {job.images && <NumberedImages images={job.images} name={i18n.t('compare.images')} />}
        {whole && <EarlierTurns job={job} port={port} />}
        <JobBody job={job} {...(whole ? { port } : {})} />
        {whole && <JobOpinions job={job} port={port} />}
        {whole && <JobPurpose job={job} port={port} />}
        {(whole || state.status === 'asking') && <JobAsk job={job} port={port} />}
        {whole && <JobSent job={job} port={port} />}
        {whole && <JobMeta job={job} />}
      </div>
      <div class="result-foot">
        <JobActions job={job} port={port} />
        {!alone && (textOf(state) !== '' || 'sent' in state) && (
          <Button look="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {i18n.t(whole ? 'popup.less' : 'popup.more')}
            <ChevronIcon />
          </Button>
        )}
      </div>
      {announced && <JobAnnouncer state={state} />}
    </Item>
  );
}
