/** The present answer of a job, and what can be done with its words. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { textOf } from '../../utils/core/jobs/answer-state';
import type { Job } from '../../utils/core/jobs/job';
import { answerText, languageOf, presentAnswer, purposeOfJob } from '../../utils/core/jobs/turns';
import { altParts } from '../../utils/core/prompts/alt-text';
import { placeOf } from '../../utils/core/vision/check-report';
import { AnswerEditor } from './answer-editor';
import { AnswerLength } from './answer-length';
import { AnswerUse } from './answer-actions';
import { AnswerWords } from './answer-words';
import { AskOpinion } from './ask-opinion';
import { AlertIcon } from '../controls/icons';
import { Checkup } from '../connection/connection-check';
import type { JobPort } from './job-port';
import { useKeepFocus } from '../controls/keep-focus';

interface JobBodyProps {
  job: Job;
  /** Without it, the words are for reading alone. */
  port?: JobPort;
}

export function JobBody({ job, port }: JobBodyProps) {
  const [open, setOpen] = useState<'edit' | 'opinion'>();
  const box = useRef<HTMLDivElement>(null);
  const { preset } = job;
  const answer = presentAnswer(job);
  const { state } = answer;
  const place = { jobId: job.id, answerId: answer.id };
  const done = state.status === 'done';
  const text = answerText(answer);
  const language = languageOf(job);
  const edits = open === 'edit' && done && port;
  // Asked again, it is another text: what was open was about the one before.
  useEffect(() => {
    if (!done) setOpen(undefined);
  }, [done]);
  // Who changed the words, or thought better of it, stands on what comes in place of the field.
  const onFocusIn = useKeepFocus(box, open);
  return (
    <div ref={box} class="job-body" onFocusIn={onFocusIn}>
      <AnswerWords state={state} text={edits ? '' : text} language={language} />
      {edits && (
        <AnswerEditor
          id={job.id}
          text={text}
          original={textOf(state)}
          target={preset.length}
          language={language}
          onKeep={(words) => void port.call('job.edit', { ...place, text: words })}
          onLeave={() => setOpen(undefined)}
        />
      )}
      {state.status === 'failed' && port && placeOf(state.failure.code) && (
        <Checkup onCheck={() => port.check(place)} />
      )}
      {job.unsaved && (
        <p class="job-notice caution">
          <AlertIcon />
          {i18n.t('job.unsaved')}
        </p>
      )}
      {done && state.cut && (
        <p class="job-notice caution">
          <AlertIcon />
          {i18n.t('job.cut')}
        </p>
      )}
      {done && port && !edits && (
        <>
          {preset.length !== undefined && job.turns.length === 1 && (
            <AnswerLength text={altParts(text, purposeOfJob(job)).alt} target={preset.length} />
          )}
          {open === 'opinion' ? (
            <AskOpinion job={job} port={port} onLeave={() => setOpen(undefined)} />
          ) : (
            <AnswerUse
              job={job}
              port={port}
              onEdit={() => setOpen('edit')}
              onOpinion={() => setOpen('opinion')}
            />
          )}
        </>
      )}
    </div>
  );
}
