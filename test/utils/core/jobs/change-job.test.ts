import { describe, expect, it } from 'vitest';
import { changeJob } from '../../../../utils/core/jobs/change-job';
import type { Job } from '../../../../utils/core/jobs/job';
import {
  answeredTurns,
  answerText,
  earlierTurns,
  isJobSettled,
  opinionsOf,
  pageContextOf,
  presentAnswer,
  presentTurn,
  stateOf,
} from '../../../../utils/core/jobs/turns';
import { jobIn, RUNNING } from '../../../fixtures/jobs';
import { DONE } from '../../../fixtures/job-states';

const FAILED = { status: 'failed', failure: { code: 'imageRefused' }, text: '' } as const;
const STOPPED = { status: 'stopped', text: 'A brown' } as const;

const ask = (job: Job, question: string | undefined) =>
  changeJob(job, { type: 'questionAsked', question });

describe('a question', () => {
  it('is the first one of a job that waited for it', () => {
    const next = ask(jobIn({ status: 'asking' }), 'What breed?');
    expect(next).toEqual(jobIn({ status: 'queued' }, { question: 'What breed?' }));
  });

  it('is the next one, and all before it stays, as the person has changed it', () => {
    const first = jobIn(DONE, { edited: 'My words', altSet: true });
    const next = ask(first, 'What breed?');
    expect(next.turns).toHaveLength(2);
    expect(earlierTurns(next)).toEqual(first.turns);
    expect(presentTurn(next)).toEqual({
      question: 'What breed?',
      answers: [{ id: '2', maxTokens: 4_000, state: { status: 'queued' } }],
    });
  });

  it('is not taken while the one before is being answered', () => {
    const job = jobIn(RUNNING);
    expect(ask(job, 'What breed?')).toBe(job);
  });

  it('goes without an image that the server has refused, until it is tried again', () => {
    const withoutImage = (job: Job) => presentAnswer(ask(job, 'Then?')).withoutImage ?? false;
    const earlier = [{ state: DONE }];
    expect(withoutImage(jobIn(FAILED, { earlier, question: 'And?' }))).toBe(true);
    expect(withoutImage(jobIn(DONE, { earlier, withoutImage: true }))).toBe(true);
    // Nothing has been answered yet: the question is a new try.
    expect(withoutImage(jobIn(FAILED))).toBe(false);
    const other = jobIn({ ...FAILED, failure: { code: 'contentRefused' } }, { earlier });
    expect(withoutImage(other)).toBe(false);
  });
});

describe('a second opinion', () => {
  const using = { connectionId: 'c1', model: 'other' };
  const opinion = (job: Job) => changeJob(job, { type: 'opinionAsked', using });

  it('stands beside the first answer, which stays as it is', () => {
    const job = jobIn(DONE, { earlier: [{ state: DONE }], question: 'And?', edited: 'Mine' });
    const next = opinion(job);
    expect(presentAnswer(next)).toEqual(presentAnswer(job));
    expect(opinionsOf(next)).toEqual([
      { id: '3', maxTokens: 4_000, using, state: { status: 'queued' } },
    ]);
    expect(isJobSettled(next)).toBe(false);
  });

  it('is not taken before the first answer has ended', () => {
    const job = jobIn(RUNNING);
    expect(opinion(job)).toBe(job);
  });

  it('gets its own words, also while another question is answered', () => {
    const asked = ask(opinion(jobIn(DONE)), 'What breed?');
    const started = changeJob(asked, { type: 'started', answerId: '2', at: 1 });
    const words = changeJob(started, { type: 'words', answerId: '2', text: 'A cat', at: 2 });
    expect(words.turns[0].answers.map(({ state }) => state.status)).toEqual(['done', 'running']);
    expect(words.turns[0].answers[1]?.state).toMatchObject({ text: 'A cat' });
    expect(stateOf(words).status).toBe('queued');
  });
});

describe('an answer', () => {
  it('that is asked for again keeps the person’s words until there are new ones', () => {
    const job = jobIn(DONE, { edited: 'Mine', withoutImage: true, resumes: true });
    const again = { type: 'retried', answerId: '1', longer: true, purpose: 'complex' } as const;
    expect(changeJob(job, again)).toEqual({
      ...jobIn({ status: 'queued', before: { text: 'Mine', whole: true } }, { maxTokens: 8_000 }),
      purpose: 'complex',
    });
    const running = jobIn(RUNNING);
    expect(changeJob(running, again)).toBe(running);
  });

  it('is resumed where there is something to continue', () => {
    const resumed = changeJob(jobIn(STOPPED), { type: 'resumed', answerId: '1' });
    expect(presentAnswer(resumed)).toMatchObject({
      resumes: true,
      state: { status: 'queued', before: { text: 'A brown' } },
    });
    const done = jobIn(DONE);
    expect(changeJob(done, { type: 'resumed', answerId: '1' })).toBe(done);
  });

  it('is known by its key, and what was behind another address is forgotten', () => {
    const job = jobIn(DONE, { contentKey: 'a', imageHash: 'b' });
    const keyed = changeJob(job, { type: 'keyed', answerId: '1', contentKey: 'c' });
    expect(keyed).toEqual(jobIn(DONE, { contentKey: 'c' }));
    expect(changeJob(keyed, { type: 'keyed', answerId: '1', contentKey: undefined })).toEqual(
      jobIn(DONE),
    );
  });

  it('that the job does not have changes nothing', () => {
    const job = jobIn(DONE);
    expect(changeJob(job, { type: 'edited', answerId: '9', text: 'x' })).toBe(job);
    expect(changeJob(job, { type: 'stopped', answerId: '1' })).toBe(job);
  });
});

it('what the page says is kept with the turn in which it was asked', () => {
  const first = { texts: { page_title: 'Dogs' } };
  const job = changeJob(jobIn(DONE), { type: 'contextFound', pageContext: first });
  const next = ask(job, 'And?');
  expect(pageContextOf(next)).toBe(first);
  expect(changeJob(next, { type: 'contextFound', pageContext: first })).toBe(next);
  const quiet = changeJob(next, { type: 'contextFound', pageContext: { texts: {} } });
  expect(quiet.turns.map(({ pageContext }) => pageContext?.texts)).toEqual([first.texts, {}]);
});

it('what is known of the image stays', () => {
  const size = { width: 4, height: 3 };
  const seen = changeJob(jobIn(DONE), { type: 'imageSeen', thumbnail: 'data:,a', size });
  expect(seen).toMatchObject({ thumbnail: 'data:,a', image: { size } });
  expect(changeJob(seen, { type: 'imageSeen', thumbnail: 'data:,b' })).toBe(seen);
});

it('turns that came to nothing are left out of what a model is told', () => {
  const empty = { status: 'stopped', text: '' } as const;
  const { turns } = jobIn(empty, { earlier: [DONE, FAILED, STOPPED].map((state) => ({ state })) });
  expect(answeredTurns(turns).map(({ answer }) => answer.state)).toEqual([DONE, STOPPED]);
  const second = jobIn(FAILED, { opinions: [{ state: DONE }] });
  expect(answeredTurns(second.turns).map(({ answer }) => answer.id)).toEqual(['2']);
});

it('the text of an answer is the person’s, where they have changed it', () => {
  expect(answerText(presentAnswer(jobIn(DONE)))).toBe(DONE.text);
  expect(answerText(presentAnswer(jobIn(DONE, { edited: 'Mine.' })))).toBe('Mine.');
  expect(answerText(presentAnswer(jobIn(DONE, { edited: '' })))).toBe('');
});
