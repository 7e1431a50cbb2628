import { expect, it } from 'vitest';
import {
  answeredTurns,
  answerOf,
  turnsOf,
  withQuestion,
} from '../../../../utils/core/jobs/conversation';
import { jobIn, RUNNING } from '../../../fixtures/jobs';
import { DONE } from '../../../fixtures/job-states';

const FAILED = { status: 'failed', failure: { code: 'imageRefused' }, text: '' } as const;
const STOPPED = { status: 'stopped', text: 'A brown' } as const;

it('asks the first question of a job that waited for one', () => {
  const next = withQuestion(jobIn({ status: 'asking' }), 'What breed?');
  expect(next).toMatchObject({ question: 'What breed?', earlier: [], state: { status: 'queued' } });
});

it('asks the next question, and keeps what was before', () => {
  const next = withQuestion(jobIn(DONE, { edited: 'My words' }), 'What breed?');
  expect(next).toMatchObject({
    question: 'What breed?',
    earlier: [{ state: DONE }],
    state: { status: 'queued' },
  });
  expect(next).not.toHaveProperty('edited');
  const after = next && withQuestion({ ...next, state: STOPPED }, 'And its age?');
  expect(after?.earlier).toEqual([{ state: DONE }, { question: 'What breed?', state: STOPPED }]);
});

it('asks nothing while the question before is being answered', () => {
  expect(withQuestion(jobIn(RUNNING), 'What breed?')).toBeUndefined();
});

it('goes on without an image that the server has refused, until it is tried again', () => {
  const earlier = [{ state: DONE }];
  const refused = jobIn(FAILED, { earlier, question: 'And?' });
  expect(withQuestion(refused, 'Then?')).toMatchObject({ withoutImage: true });
  const next = jobIn(DONE, { earlier, withoutImage: true });
  expect(withQuestion(next, 'Then?')).toMatchObject({ withoutImage: true });
  // Nothing has been answered yet: the question is a new try.
  expect(withQuestion(jobIn(FAILED), 'Then?')).toMatchObject({ withoutImage: false });
  const other = jobIn({ ...FAILED, failure: { code: 'contentRefused' } }, { earlier });
  expect(withQuestion(other, 'Then?')).toMatchObject({ withoutImage: false });
});

it('leaves out turns that came to nothing', () => {
  const empty = { status: 'stopped', text: '' } as const;
  const turns = [DONE, FAILED, STOPPED, empty].map((state) => ({ state }));
  expect(answeredTurns(turns).map(({ state }) => state)).toEqual([DONE, STOPPED]);
});

it('knows all turns, and the last answer as it was changed', () => {
  const job = jobIn(DONE, { question: 'B?', earlier: [{ question: 'A?', state: STOPPED }] });
  expect(turnsOf(job)).toEqual([
    { question: 'A?', state: STOPPED },
    { question: 'B?', state: DONE },
  ]);
  expect(answerOf(job)).toBe(DONE.text);
  expect(answerOf({ ...job, edited: 'Mine.' })).toBe('Mine.');
  expect(answerOf({ ...job, edited: '' })).toBe('');
});
