// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { JobActions } from '../../../components/job/job-actions';
import { JobBody } from '../../../components/job/job-body';
import { JobMeta } from '../../../components/job/job-meta';
import type { AnswerState } from '../../../utils/core/jobs/answer-state';
import type { Job } from '../../../utils/core/jobs/job';
import { expectAccessible } from '../../fixtures/axe';
import { fakeJobPort } from '../../fixtures/job-port';
import { DONE, JOBS } from '../../fixtures/job-states';
import { jobIn, RUNNING } from '../../fixtures/jobs';
import { stateOf } from '../../../utils/core/jobs/turns';

afterEach(cleanup);

const BEFORE = 'Previous answer (until the new one arrives):';
const INCOMPLETE = 'Incomplete. Text received so far:';

function show(job: Job) {
  const port = fakeJobPort();
  const { container } = render(
    <>
      <JobActions job={job} port={port} />
      <JobBody job={job} port={port} />
      <JobMeta job={job} />
    </>,
  );
  return { port, container };
}

const named = (name: string): Job => JOBS[name] ?? jobIn({ status: 'queued' });
const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
const remark = () => document.querySelector('.job-incomplete')?.textContent;
const words = () => document.querySelector('.job-words')?.textContent;

describe('words that are not the answer to what was asked last', () => {
  it.each([
    ['asked again', DONE.text, BEFORE],
    ['asked again without a connection', 'A brown', BEFORE],
    ['running with the words of the try before', DONE.text, BEFORE],
    ['retrying with the words of the try before', 'A brown', BEFORE],
    ['failed with the answer of the try before', DONE.text, BEFORE],
    ['stopped with the answer of the try before', DONE.text, BEFORE],
    ['broken off', 'A brown', INCOMPLETE],
    ['stopped', 'A brown', INCOMPLETE],
  ])('are there, and are said not to be it: %s', async (name, text, said) => {
    const { container } = show(named(name));
    expect(words()).toBe(text);
    expect(remark()).toBe(said);
    await expectAccessible(container);
  });

  it('are still those when an empty line is all that has come', () => {
    show(jobIn({ ...RUNNING, text: '\n', before: { text: DONE.text, whole: true } }));
    expect(words()).toBe(DONE.text);
    expect(remark()).toBe(BEFORE);
    expect(screen.getByText('Describing…')).toBeTruthy();
  });

  it('are not said to have arrived in a try that was stopped before its first word', () => {
    show(named('stopped with the answer of the try before'));
    expect(screen.getByText('Stopped before any text arrived.')).toBeTruthy();
  });

  it('say nothing where they are the answer', () => {
    show(jobIn(RUNNING));
    expect(words()).toBe(RUNNING.text);
    expect(remark()).toBeUndefined();
  });
});

describe('"Continue"', () => {
  it.each(['broken off', 'stopped'])('is the thing to do where a part has arrived: %s', (name) => {
    const { port } = show(named(name));
    const resume = screen.getByRole('button', { name: 'Continue' });
    expect(resume.className).toContain('primary');
    expect(screen.getByRole('button', { name: 'Retry' }).className).not.toContain('primary');
    fireEvent.click(resume);
    expect(port.asked.mock.calls).toEqual([['job.continue', { jobId: 'job-1', answerId: '1' }]]);
  });

  it('stands behind the settings that have to be mended first', () => {
    show(jobIn({ status: 'failed', failure: { code: 'keyRefused' }, text: 'A brown' }));
    const resume = screen.getByRole('button', { name: 'Continue' });
    expect(resume.className).not.toContain('primary');
  });

  it.each<[string, AnswerState]>([
    ['a whole answer', DONE],
    ['the answer of the try before', stateOf(named('failed with the answer of the try before'))],
    ['an empty line', { status: 'stopped', text: '\n' }],
    ['no word', { status: 'stopped', text: '' }],
    ['an answer under way', RUNNING],
  ])('is not offered for %s', (_, state) => {
    show(jobIn(state));
    expect(buttons()).not.toContain('Continue');
  });
});

describe('an answer from the history', () => {
  it('says from when it is, that nothing was sent, and can be asked for anew', async () => {
    const { port, container } = show(named('answered from the history'));
    expect(screen.getByText(/^Answered from your history, .* Nothing was sent/)).toBeTruthy();
    expect(screen.queryByText(/^Sent to/)).toBeNull();
    expect(screen.queryByText(/812/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    expect(port.asked).toHaveBeenCalledWith('job.retry', {
      jobId: 'job-1',
      answerId: '1',
      longer: false,
    });
    await expectAccessible(container);
  });
});

describe('a result that the browser has no room for', () => {
  it('says so beside its words', async () => {
    const { container } = show(named('unsaved'));
    expect(screen.getByText(/^Browser storage is full, so this result is not saved/)).toBeTruthy();
    expect(words()).toBe(DONE.text);
    await expectAccessible(container);
  });

  it('is the only one that does', () => {
    show(jobIn(DONE));
    expect(screen.queryByText(/no room/)).toBeNull();
  });
});
