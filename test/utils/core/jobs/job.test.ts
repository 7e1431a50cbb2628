import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { advance } from '../../../../utils/core/jobs/advance';
import {
  isSettled,
  type AnswerEvent,
  type AnswerState,
} from '../../../../utils/core/jobs/answer-state';
import { jobSchema } from '../../../../utils/core/jobs/job';
import { jobIn, SENT } from '../../../fixtures/jobs';

const usage = { inputTokens: 1_200, outputTokens: 40 };

function after(...events: AnswerEvent[]): AnswerState {
  return events.reduce<AnswerState>(advance, { status: 'queued' });
}

const running: AnswerEvent[] = [
  { type: 'started', at: 1_000 },
  { type: 'sending', sent: SENT },
  { type: 'words', text: ' A dog', at: 1_400 },
  { type: 'words', text: ' runs.\n', at: 1_500 },
];

describe('advance', () => {
  it('goes from the click to the answer', () => {
    expect(
      after(...running, { type: 'finished', at: 2_000, model: 'gpt-6-luna-1', usage, cut: false }),
    ).toEqual({
      status: 'done',
      text: 'A dog runs.',
      startedAt: 1_000,
      firstWordAt: 1_400,
      finishedAt: 2_000,
      sent: SENT,
      model: 'gpt-6-luna-1',
      usage,
      cut: false,
    });
  });

  it('never takes an answer without words for a description', () => {
    const blank: AnswerEvent = { type: 'words', text: ' \n', at: 1_200 };
    const end: AnswerEvent = { type: 'finished', at: 2_000, model: 'm', cut: true };
    const empty = { status: 'failed', failure: { code: 'answerEmpty' }, text: '' };
    expect(after(...running.slice(0, 2), end)).toMatchObject(empty);
    expect(after(...running.slice(0, 2), blank, end)).toMatchObject(empty);
  });

  it('keeps the words that had arrived when it fails or is stopped', () => {
    const failure = { code: 'answerBroken' } as const;
    expect(after(...running, { type: 'failed', failure })).toMatchObject({
      status: 'failed',
      text: ' A dog runs.\n',
    });
    expect(after(...running, { type: 'stopped' })).toMatchObject({ text: ' A dog runs.\n' });
  });

  it('does not let late events bring a settled job back', () => {
    const stopped = after(...running, { type: 'stopped' });
    for (const event of [
      ...running,
      { type: 'finished', at: 9, model: 'm', cut: false } as const,
    ]) {
      expect(advance(stopped, event)).toBe(stopped);
    }
  });

  it('asks again only what is settled', () => {
    const again: AnswerEvent = { type: 'askedAgain' };
    const before = { text: ' A dog runs.\n' };
    expect(after(...running, { type: 'stopped' }, again)).toEqual({ status: 'queued', before });
    expect(after(...running, again)).toEqual(after(...running));
  });

  it('waits for a connection and goes on when it is there', () => {
    const waiting = after({ type: 'connectionMissing' });
    expect(waiting).toEqual({ status: 'waiting' });
    expect(isSettled(waiting)).toBe(false);
    expect(advance(waiting, { type: 'started', at: 5 })).toMatchObject({ status: 'running' });
  });
});

it('every state survives storage', () => {
  const failure = { code: 'rateLimited', retryAfterMs: 2_000 } as const;
  const states: AnswerState[] = [
    { status: 'queued' },
    { status: 'waiting' },
    after(...running),
    { status: 'retrying', failure, attempt: 2, attempts: 3, until: 5_000 },
    after(...running, { type: 'finished', at: 2_000, model: 'm', usage, cut: true }),
    { status: 'stopped', text: '' },
    { status: 'failed', failure, text: 'A' },
  ];
  for (const state of states) {
    const job = jobIn(state);
    expect(v.parse(jobSchema, JSON.parse(JSON.stringify(job)))).toEqual(job);
  }
});
