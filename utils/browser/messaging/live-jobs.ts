/** What a page knows of jobs, from what the feed tells it. Pure. */
import type { FeedMessage } from './feed';
import { hasWords } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';
import { mapAnswers } from '../../core/jobs/turns';

/** Jobs by id, newest first. */
export type LiveJobs = ReadonlyMap<string, Job>;

/** The jobs after a message of the feed. Words that came twice are kept once. */
export function withMessage(jobs: LiveJobs, message: FeedMessage): LiveJobs {
  switch (message.type) {
    case 'jobs':
      return new Map(message.jobs.map((job) => [job.id, job]));
    case 'open':
    case 'job': {
      const { job } = message;
      return jobs.has(job.id)
        ? new Map(jobs).set(job.id, job)
        : new Map([[job.id, job] as const, ...jobs]);
    }
    case 'words': {
      const job = jobs.get(message.jobId);
      return job ? new Map(jobs).set(job.id, withWords(job, message)) : jobs;
    }
    case 'removed': {
      const rest = new Map(jobs);
      rest.delete(message.jobId);
      return rest;
    }
    case 'contextWanted':
      return jobs;
  }
}

function withWords(
  job: Job,
  { answerId, at, text }: { answerId: string; at: number; text: string },
): Job {
  return mapAnswers(job, (answer) => {
    if (answer.id !== answerId || answer.state.status !== 'running') return answer;
    // New words take the place of those of the try before.
    const { before, ...rest } = answer.state;
    const state = { ...rest, text: rest.text.slice(0, at) + text };
    return { ...answer, state: before && !hasWords(state.text) ? { ...state, before } : state };
  });
}
