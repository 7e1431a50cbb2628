/** One description: its image, when and where, what was asked and answered, what can be done. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { AnswerText } from '../../components/job/answer-text';
import { Button } from '../../components/controls/button';
import { CopyButton } from '../../components/controls/copy-button';
import { errorWords } from '../../utils/browser/words/error-words';
import { formatTime } from '../../utils/browser/words/format';
import { ChevronIcon, DeleteIcon, ImageIcon } from '../../components/controls/icons';
import { JobMeta } from '../../components/job/job-meta';
import { modelOf } from '../../components/job/job-opinions';
import type { JobPort } from '../../components/job/job-port';
import type { AnswerState } from '../../utils/core/jobs/answer-state';
import type { Answer, Job } from '../../utils/core/jobs/job';
import { answerText, presentAnswer, presentTurn } from '../../utils/core/jobs/turns';
import type { Entry } from '../../utils/browser/history/entry';

export interface ItemPort extends Pick<JobPort, 'copy'> {
  /** Takes it up among the results of the session, and opens it in a tab. */
  open: (id: string) => void;
  remove: (id: string) => void;
  thumbnail: (id: string) => Promise<string | undefined>;
}

/** Longer ones are folded. */
const SHORT_LENGTH = 320;

export function HistoryItem({ entry, port }: { entry: Entry; port: ItemPort }) {
  const [whole, setWhole] = useState(false);
  const { id, job, site } = entry;
  const { image, preset } = job;
  const title = `entry-${id}`;
  const { question, answers } = presentTurn(job);
  const present = presentAnswer(job);
  const answer = answerText(present);
  const place = image.kind === 'file' ? image.name : site;
  const page = /^https?:/.test(image.pageUrl) ? image.pageUrl : undefined;
  const folds =
    job.turns.length > 1 || answers.length > 1 || isLong(answer) || isLong(question ?? '');
  const mark = markOf(present);

  return (
    <li id={`item-${id}`} class="entry" tabIndex={-1} aria-labelledby={title}>
      <Thumbnail id={id} load={port.thumbnail} />
      <div class="entry-main">
        <div class="entry-head">
          <h2 id={title} dir="auto">
            {preset.name}
          </h2>
          {mark && <span class={`entry-mark ${mark.look}`}>{mark.words}</span>}
          <p class="quiet-words">
            <time dateTime={new Date(job.createdAt).toISOString()}>
              {formatTime(job.createdAt)}
            </time>
            {place && (
              <>
                {' · '}
                <bdi>{place}</bdi>
              </>
            )}
          </p>
        </div>
        {/* Above and below the buttons it would be read twice. */}
        <div class={whole || !folds ? 'entry-words' : 'entry-words clamped'}>
          {whole ? (
            <Turns job={job} />
          ) : (
            <Turn
              question={question}
              text={answer}
              status={present.state.status}
              showsTables={!folds}
            />
          )}
        </div>
        <JobMeta job={job} />
        <div class="entry-foot">
          <Button onClick={() => port.open(id)}>{i18n.t('history.openEntry')}</Button>
          {answer !== '' && <CopyButton onCopy={() => port.copy(answer)} />}
          {page && (
            <a class="button plain" href={page} target="_blank" rel="noreferrer">
              {i18n.t('history.page')}
            </a>
          )}
          <Button look="quiet" icon={<DeleteIcon />} onClick={() => port.remove(id)}>
            {i18n.t('history.delete')}
          </Button>
          {folds && (
            <Button look="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {i18n.t(whole ? 'popup.less' : 'popup.more')}
              <ChevronIcon />
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

function isLong(text: string): boolean {
  return text.length > SHORT_LENGTH || text.split('\n').length > 4;
}

interface TurnProps {
  question: string | undefined;
  text: string;
  status: AnswerState['status'];
  showsTables: boolean;
}

function Turn({ question, text, status, showsTables }: TurnProps) {
  return (
    <>
      {question !== undefined && (
        <p class="turn-question" dir="auto">
          {question}
        </p>
      )}
      {text !== '' && <AnswerText text={text} status={status} showsTables={showsTables} />}
    </>
  );
}

/** The whole conversation, each answer as the person has changed it. */
function Turns({ job }: { job: Job }) {
  const { turns, preset } = job;
  return (
    <ol class="turns">
      {turns.map(({ question, answers: [first, ...opinions] }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- turns are their places
        <li key={at}>
          <Turn
            question={question ?? (turns.length > 1 ? preset.name : undefined)}
            text={answerText(first)}
            status={first.state.status}
            showsTables
          />
          {opinions.map((opinion) => (
            <div key={opinion.id} class="turn-opinion">
              <p class="quiet-words">{i18n.t('opinion.earlier', [modelOf(opinion)])}</p>
              <Turn
                question={undefined}
                text={answerText(opinion)}
                status={opinion.state.status}
                showsTables
              />
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

interface Mark {
  words: string;
  look: 'danger' | 'caution' | 'plain';
}

/** What to say about an answer that is not complete. */
function markOf({ state, edited }: Answer): Mark | undefined {
  switch (state.status) {
    case 'done':
      if (state.cut) return { words: i18n.t('history.cut'), look: 'caution' };
      return edited === undefined ? undefined : { words: i18n.t('history.edited'), look: 'plain' };
    case 'stopped':
      return { words: i18n.t('history.stopped'), look: 'caution' };
    case 'failed': {
      const { code } = state.failure;
      if (code === 'interrupted') return { words: i18n.t('history.interrupted'), look: 'caution' };
      return { words: messageOf(errorWords(code).title), look: 'danger' };
    }
    case 'waiting':
      return { words: i18n.t('history.waiting'), look: 'plain' };
    default:
      return { words: i18n.t('history.running'), look: 'plain' };
  }
}

interface ThumbnailProps {
  id: string;
  load: (id: string) => Promise<string | undefined>;
}

/** Read once it comes near: a long list has many. */
function Thumbnail({ id, load }: ThumbnailProps) {
  const [src, setSrc] = useState<string>();
  const box = useRef<HTMLSpanElement>(null);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    const observer = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void latest
          .current(id)
          .catch(() => undefined)
          .then((found) => !gone && setSrc(found));
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, [id]);

  return (
    <span ref={box} class="entry-image">
      {src ? <img src={src} alt="" /> : <ImageIcon />}
    </span>
  );
}
