/** What an answer is good for beyond copying: change it, hear it, put it into the page. */
import { useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Job } from '../../utils/core/jobs/job';
import { answerText, languageOf, presentAnswer, purposeOfJob } from '../../utils/core/jobs/turns';
import { altParts } from '../../utils/core/prompts/alt-text';
import { Button } from '../controls/button';
import { CompareIcon, EditIcon, PageIcon, UndoIcon } from '../controls/icons';
import { useKeepFocus } from '../controls/keep-focus';
import type { JobPort } from './job-port';
import { ReadAloud } from './read-aloud';

interface AnswerUseProps {
  job: Job;
  port: JobPort;
  onEdit: () => void;
  onOpinion: () => void;
}

export function AnswerUse({ job, port, onEdit, onOpinion }: AnswerUseProps) {
  const answer = presentAnswer(job);
  const text = answerText(answer);
  const group = useRef<HTMLDivElement>(null);
  // One button takes the other's place as it is pressed.
  const onFocusIn = useKeepFocus(group, answer.altSet);
  return (
    <div ref={group} class="answer-use" onFocusIn={onFocusIn}>
      <Button look="quiet" icon={<EditIcon />} onClick={onEdit}>
        {i18n.t('use.edit')}
      </Button>
      <ReadAloud text={text} language={languageOf(job)} />
      <Button look="quiet" icon={<CompareIcon />} onClick={onOpinion}>
        {i18n.t('opinion.ask')}
      </Button>
      {job.image.kind === 'element' && !job.images && <SetAlt job={job} port={port} />}
    </div>
  );
}

/** One button: what it did can be taken back in the same place. */
function SetAlt({ job, port }: Pick<AnswerUseProps, 'job' | 'port'>) {
  const [outcome, setOutcome] = useState<'putDone' | 'takenBack' | 'failed'>();
  const purpose = purposeOfJob(job);
  const answer = presentAnswer(job);
  const alt = purpose === 'decorative' ? '' : altParts(answerText(answer), purpose).alt;

  async function change(next: string | undefined): Promise<void> {
    const place = { jobId: job.id, answerId: answer.id };
    const { ok } = await port.call('job.setAlt', { ...place, alt: next });
    setOutcome(ok ? (next === undefined ? 'takenBack' : 'putDone') : 'failed');
  }

  return (
    <>
      {answer.altSet ? (
        // Keyed: pressed twice by mistake, one button must not do and undo.
        <Button key="back" look="quiet" icon={<UndoIcon />} onClick={() => void change(undefined)}>
          {i18n.t('use.takeBack')}
        </Button>
      ) : (
        <Button key="put" look="quiet" icon={<PageIcon />} onClick={() => void change(alt)}>
          {i18n.t(purpose === 'decorative' ? 'use.putEmpty' : 'use.put')}
        </Button>
      )}
      <span role="status" class="use-outcome">
        {outcome && i18n.t(`use.${outcome}`)}
      </span>
    </>
  );
}
