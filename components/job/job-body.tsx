/** A job as words to read: its status, the text as it stands, and a failure that cannot pass for
 * a description. */
import { useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { answerOf, languageOf, purposeOfJob } from '../../utils/core/jobs/conversation';
import { hasWords, textOf, type Job, type JobState } from '../../utils/core/jobs/job';
import { altParts } from '../../utils/core/prompts/alt-text';
import { placeOf } from '../../utils/core/vision/check-report';
import { AnswerEditor } from './answer-editor';
import { AnswerLength } from './answer-length';
import { AnswerText } from './answer-text';
import { AnswerUse } from './answer-actions';
import { AskOpinion } from './ask-opinion';
import { AlertIcon } from '../controls/icons';
import { Checkup } from '../connection/connection-check';
import type { JobPort } from './job-port';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import { useKeepFocus } from '../controls/keep-focus';
import { JobStatus } from './job-status';
import { Problem } from './problem';

interface JobBodyProps {
  job: Job;
  /** Without it, the words are for reading alone. */
  port?: JobPort;
}

export function JobBody({ job, port }: JobBodyProps) {
  const [open, setOpen] = useState<'edit' | 'opinion'>();
  const box = useRef<HTMLDivElement>(null);
  const { state, preset } = job;
  const done = state.status === 'done';
  const text = answerOf(job);
  const remark = remarkOn(state);
  const language = languageOf(job);
  const edits = open === 'edit' && done && port;
  // Who changed the words, or thought better of it, stands on what comes in place of the field.
  const onFocusIn = useKeepFocus(box, open);
  return (
    <div ref={box} class="job-body" onFocusIn={onFocusIn}>
      <JobStatus state={state} />
      {state.status === 'failed' && <Problem failure={state.failure} />}
      {text !== '' && remark && <p class="job-incomplete">{messageOf(remark)}</p>}
      {text !== '' && !edits && (
        <AnswerText text={text} status={state.status} language={language} showsTables={done} />
      )}
      {edits && (
        <AnswerEditor
          id={job.id}
          text={text}
          original={textOf(state)}
          target={preset.length}
          language={language}
          onKeep={(words) => void port.call('job.edit', { jobId: job.id, text: words })}
          onLeave={() => setOpen(undefined)}
        />
      )}
      {state.status === 'failed' && port && placeOf(state.failure.code) && (
        <Checkup onCheck={() => port.check(job.id)} />
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
          {preset.length !== undefined && job.earlier.length === 0 && (
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

/** What has to be said of words that are not, or not yet, the answer to what was asked last. */
function remarkOn(state: JobState): MessageKey | undefined {
  switch (state.status) {
    case 'queued':
    case 'waiting':
    case 'retrying':
      return state.before && 'job.before';
    case 'running':
      return !hasWords(state.text) && state.before ? 'job.before' : undefined;
    case 'failed':
    case 'stopped':
      return state.whole ? 'job.before' : 'job.incomplete';
    default:
      return undefined;
  }
}
