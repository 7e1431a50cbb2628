import { describe, expect, it } from 'vitest';
import { advance } from '../../../../utils/core/jobs/advance';
import {
  partOf,
  textOf,
  type AnswerEvent,
  type AnswerState,
} from '../../../../utils/core/jobs/answer-state';
import { DONE } from '../../../fixtures/job-states';
import { RUNNING, SENT } from '../../../fixtures/jobs';

const again: AnswerEvent = { type: 'askedAgain' };
const started: AnswerEvent = { type: 'started', at: 5 };
const failed: AnswerEvent = { type: 'failed', failure: { code: 'unreachable' } };
const planned: AnswerEvent = {
  type: 'retryPlanned',
  failure: { code: 'unreachable' },
  attempt: 2,
  attempts: 3,
  until: 9,
};
const finished: AnswerEvent = { type: 'finished', at: 9, model: 'm', cut: false };
const words = (text: string): AnswerEvent => ({ type: 'words', text, at: 6 });
const STOPPED = { status: 'stopped', text: 'A brown' } as const;

function from(state: AnswerState, ...events: AnswerEvent[]): AnswerState {
  return events.reduce<AnswerState>(advance, state);
}

describe('the words of a try before', () => {
  it.each<[string, AnswerEvent[]]>([
    ['asked again', [again]],
    ['begun', [again, started]],
    ['to be tried another time', [again, started, planned]],
    ['tried another time', [again, started, planned, started]],
    ['without a connection', [again, { type: 'connectionMissing' }]],
    ['with an empty line so far', [again, started, words('\n')]],
  ])('are there to read while it is %s', (_, events) => {
    const state = from(DONE, ...events);
    expect(textOf(state)).toBe(DONE.text);
    expect(state).toMatchObject({ before: { text: DONE.text, whole: true } });
  });

  it('go with the first word of the new try', () => {
    const state = from(DONE, again, started, words('\n'), words('A cat'));
    expect(state).not.toHaveProperty('before');
    expect(textOf(state)).toBe('\nA cat');
  });

  it.each<[string, AnswerEvent[]]>([
    ['fails', [again, started, failed]],
    ['fails before it has begun', [again, failed]],
    ['fails while it waits', [again, started, planned, failed]],
    ['is stopped', [again, started, { type: 'stopped' }]],
    [
      'is stopped without a connection',
      [again, { type: 'connectionMissing' }, { type: 'stopped' }],
    ],
    ['says nothing', [again, started, { type: 'sending', sent: SENT }, words(' \n'), finished]],
  ])('stay as they were when the new try %s', (_, events) => {
    expect(from(DONE, ...events)).toMatchObject({ text: DONE.text, whole: true });
    const part = from(STOPPED, ...events);
    expect(part).toMatchObject({ text: STOPPED.text });
    expect(part).not.toHaveProperty('whole');
  });

  it('are whole through one failed try after the other, and there is nothing to go on from', () => {
    const state = from(DONE, again, started, failed, again, started, failed);
    expect(state).toMatchObject({ text: DONE.text, whole: true });
    expect(partOf(state)).toBe('');
    expect(partOf(from(STOPPED, again, started, failed))).toBe(STOPPED.text);
  });

  it('are none where there were none', () => {
    for (const text of ['', ' \n']) {
      expect(from({ status: 'stopped', text }, again)).toEqual({ status: 'queued' });
      expect(partOf({ status: 'stopped', text })).toBe('');
    }
  });
});

describe('an answer that goes on', () => {
  const resumes: AnswerEvent = { type: 'started', at: 5, text: STOPPED.text };

  it('has its part from the start, and what comes after it', () => {
    const state = from(STOPPED, again, resumes, words(' dog'));
    expect(state).toMatchObject({ status: 'running', text: 'A brown dog' });
    expect(state).not.toHaveProperty('before');
  });

  it('that begins anew keeps the part until the first word', () => {
    const anew = from(STOPPED, again, resumes, started);
    expect(anew).toMatchObject({ text: '', before: { text: STOPPED.text } });
    expect(textOf(from(anew, words('The')))).toBe('The');
    expect(from(anew, failed)).toMatchObject({ text: STOPPED.text });
  });

  it('that begins anew in mid-answer comes to its end', () => {
    const sending: AnswerEvent = { type: 'sending', sent: SENT };
    const state = from(STOPPED, again, resumes, sending, started, words('The dog.'), finished);
    expect(state).toMatchObject({ status: 'done', text: 'The dog.', sent: SENT });
  });
});

it('an answer from the history is whole at once, and says from when it is', () => {
  expect(from(RUNNING, { type: 'reused', answer: DONE, from: 77 })).toEqual({
    ...DONE,
    reusedFrom: 77,
  });
  expect(from(STOPPED, { type: 'reused', answer: DONE, from: 77 })).toEqual(STOPPED);
});
