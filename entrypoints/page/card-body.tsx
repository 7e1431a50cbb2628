/** The part of the card that scrolls. It can be focused, and so scrolled by keyboard, only while
 * there is something to scroll. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { JobBody } from '../../components/job-body';
import { JobPurpose } from '../../components/job-purpose';
import { EarlierTurns, JobAsk } from '../../components/job-turns';
import { JobSent, type LoadPicture } from '../../components/job-sent';
import type { Job } from '../../utils/jobs/job';
import type { Role } from '../../utils/prompts/purpose';

export interface CardBodyProps {
  job: Job;
  /** Asks a question about the picture: the first, or the next. */
  onAsk: (question: string) => void;
  /** Asks again, for what the person says the picture is for. */
  onRole: (role: Role) => void;
  /** Keeps the words of the job's site back from now on, or lets them go along again. */
  onQuiet: (quiet: boolean) => void;
  /** Gives the picture as it was sent. */
  loadPicture?: LoadPicture | undefined;
}

export function CardBody({ job, loadPicture, onAsk, onRole, onQuiet }: CardBodyProps) {
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
        <EarlierTurns job={job} onAsk={onAsk} />
        <JobBody job={job} />
        <JobPurpose job={job} onRole={onRole} />
        <JobAsk job={job} onAsk={onAsk} />
        {/* Another job in the same card begins closed. */}
        <JobSent key={job.id} job={job} loadPicture={loadPicture} onQuiet={onQuiet} />
      </div>
    </div>
  );
}
