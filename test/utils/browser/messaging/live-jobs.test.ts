import { expect, it } from 'vitest';
import type { Job } from '../../../../utils/core/jobs/job';
import { withMessage, type LiveJobs } from '../../../../utils/browser/messaging/live-jobs';
import { RUNNING, jobIn, stateIn } from '../../../fixtures/jobs';

const none: LiveJobs = new Map<string, Job>();
const text = (jobs: LiveJobs) => {
  const state = stateIn(jobs.get('job-1'));
  return state && 'text' in state ? state.text : undefined;
};

it('adds words where they belong, also when they come twice', () => {
  const jobs = withMessage(none, { type: 'job', job: jobIn(RUNNING) });
  const words = { type: 'words', jobId: 'job-1', answerId: '1', at: 5, text: ' runs' } as const;
  const once = withMessage(jobs, words);
  expect(text(once)).toBe('A dog runs');
  expect(text(withMessage(once, words))).toBe('A dog runs');
});

it('lets no words into a job that has ended, nor into one it does not know', () => {
  const jobs = withMessage(none, { type: 'job', job: jobIn({ status: 'stopped', text: 'A' }) });
  const words = { type: 'words', jobId: 'job-1', answerId: '1', at: 1, text: ' dog' } as const;
  expect(text(withMessage(jobs, words))).toBe('A');
  expect(withMessage(none, words).size).toBe(0);
});

it('puts a new job first and leaves a known one where it is', () => {
  const list = [jobIn(RUNNING, { id: 'b' }), jobIn(RUNNING, { id: 'a' })];
  let jobs = withMessage(none, { type: 'jobs', jobs: list });
  jobs = withMessage(jobs, {
    type: 'job',
    job: jobIn({ status: 'stopped', text: '' }, { id: 'a' }),
  });
  jobs = withMessage(jobs, { type: 'open', job: jobIn(RUNNING, { id: 'c' }) });
  expect([...jobs.keys()]).toEqual(['c', 'b', 'a']);
  expect([...withMessage(jobs, { type: 'removed', jobId: 'b' }).keys()]).toEqual(['c', 'a']);
});

it('keeps the words of the try before until there is a new one', () => {
  const before = { text: 'A cat', whole: true };
  const running = jobIn({ ...RUNNING, text: '', before });
  let jobs = withMessage(none, { type: 'job', job: running });
  jobs = withMessage(jobs, { type: 'words', jobId: 'job-1', answerId: '1', at: 0, text: '\n' });
  expect(stateIn(jobs.get('job-1'))).toMatchObject({ text: '\n', before });
  jobs = withMessage(jobs, { type: 'words', jobId: 'job-1', answerId: '1', at: 1, text: 'A dog' });
  expect(stateIn(jobs.get('job-1'))).not.toHaveProperty('before');
  expect(text(jobs)).toBe('\nA dog');
});
