/** The part of the card that scrolls. It can be focused, and so scrolled by keyboard, only while
 * there is something to scroll. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { JobBody } from '../../components/job/job-body';
import { JobOpinions } from '../../components/job/job-opinions';
import { JobPurpose } from '../../components/job/job-purpose';
import { NumberedImages } from '../../components/job/numbered-images';
import { EarlierTurns, JobAsk } from '../../components/job/job-turns';
import type { JobPort } from '../../components/job/job-port';
import { JobSent } from '../../components/job/job-sent';
import type { Job } from '../../utils/core/jobs/job';

interface CardBodyProps {
  job: Job;
  port: JobPort;
}

export function CardBody({ job, port }: CardBodyProps) {
  const box = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);

  useLayoutEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (!element || !content || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      setOverflows(element.scrollHeight > element.clientHeight + 1);
    });
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  const focusable = { tabIndex: 0, role: 'group', 'aria-label': i18n.t('card.words') } as const;
  return (
    <div
      ref={box}
      class={overflows ? 'card-body overflows' : 'card-body'}
      {...(overflows ? focusable : {})}
    >
      {/* One child, whose size is watched. */}
      <div class="job-stack">
        {job.images && <NumberedImages images={job.images} name={i18n.t('compare.images')} />}
        <EarlierTurns job={job} port={port} />
        <JobBody key={job.id} job={job} port={port} />
        <JobOpinions job={job} port={port} />
        <JobPurpose job={job} port={port} />
        <JobAsk job={job} port={port} />
        {/* Another job in the same card begins closed. */}
        <JobSent key={job.id} job={job} port={port} />
      </div>
    </div>
  );
}
