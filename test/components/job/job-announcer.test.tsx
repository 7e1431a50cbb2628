// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobAnnouncer } from '../../../components/job/job-announcer';
import { EarlierTurns } from '../../../components/job/job-turns';
import type { AnswerState } from '../../../utils/core/jobs/answer-state';
import { changeJob } from '../../../utils/core/jobs/change-job';
import type { Job } from '../../../utils/core/jobs/job';
import { DONE, JOBS } from '../../fixtures/job-states';
import { jobIn, RUNNING, SENT } from '../../fixtures/jobs';
import { fakeJobPort } from '../../fixtures/job-port';
import { stateOf } from '../../../utils/core/jobs/turns';

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const running = (text: string) => jobIn({ status: 'running', text, startedAt: 1_000, sent: SENT });

/** Renders jobs one after the other, and gives every text the live region ever had. */
function heard(...jobs: Job[]): string[] {
  const [first, ...later] = jobs;
  if (!first) return [];
  const { rerender } = render(<JobAnnouncer state={stateOf(first)} />);
  const region = screen.getByRole('status');
  const said: string[] = [];
  const note = () => {
    const words = region.textContent;
    if (words !== '' && said.at(-1) !== words) said.push(words);
  };
  note();
  expect(said).toEqual([]);
  for (const job of [first, ...later]) {
    rerender(<JobAnnouncer state={stateOf(job)} />);
    for (let ms = 0; ms < 2_000; ms += 50) {
      void act(() => void vi.advanceTimersByTime(50));
      note();
    }
  }
  return said;
}

describe('JobAnnouncer', () => {
  it('says "Describing…", then the whole text once, never token by token', () => {
    const words = ['A', 'A brown', 'A brown dog'].map(running);
    expect(heard(jobIn({ status: 'queued' }), ...words, jobIn(DONE))).toEqual([
      'Describing…',
      DONE.text,
    ]);
  });

  it('says that others come first, and that it is this one’s turn', () => {
    const waitingForSlot = jobIn({
      status: 'running',
      text: '',
      startedAt: 1_000,
      waitingForSlot: true,
    });
    expect(heard(jobIn({ status: 'queued' }), waitingForSlot, running(''))).toEqual([
      'Describing…',
      'Waiting for other images to finish…',
      'Describing…',
    ]);
  });

  it('says a failure with its next step, and none of the text that had arrived', () => {
    const failed = jobIn({ status: 'failed', failure: { code: 'answerBroken' }, text: 'A brown' });
    expect(heard(running('A'), failed)).toEqual([
      'Describing…',
      'The connection was lost mid-answer. Try again.',
    ]);
  });

  it('says a wait once, not every second of it', () => {
    const { retrying = running('A') } = JOBS;
    const said = heard(running('A'), retrying, retrying);
    expect(said).toHaveLength(2);
    expect(said[1]).toContain('attempt 2 of 3');
  });

  it('says the same text again where it was asked again', () => {
    const again = jobIn({ ...DONE, finishedAt: 9_000 });
    const queued = jobIn({ status: 'queued' });
    expect(heard(jobIn(DONE), queued, again)).toEqual([DONE.text, 'Describing…', DONE.text]);
  });
});

it('a second opinion that still runs at the next question is told when it is there', () => {
  const asked = (state: AnswerState) =>
    changeJob(jobIn(DONE, { opinions: [{ state }] }), { type: 'questionAsked', question: 'And?' });
  const port = fakeJobPort();
  const { rerender } = render(<EarlierTurns job={asked(RUNNING)} port={port} />);
  rerender(<EarlierTurns job={asked({ ...DONE, text: 'A cat.' })} port={port} />);
  void act(() => void vi.advanceTimersByTime(500));
  expect(screen.getByRole('status').textContent).toBe('A cat.');
  cleanup();
  // What was there already stays silent.
  render(<EarlierTurns job={asked({ ...DONE, text: 'A cat.' })} port={port} />);
  expect(screen.queryByRole('status')).toBeNull();
});
