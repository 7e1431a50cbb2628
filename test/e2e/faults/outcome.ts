/** What becomes of a job after a fault: what the person sees, and what is lost of it. */
import { expect } from 'vitest';
import { hasEnded, textOf } from '../../../utils/core/jobs/answer-state.ts';
import type { Job } from '../../../utils/core/jobs/job.ts';
import type { CardHandle } from '../harness/card.ts';
import { docsTable, type DocsTable } from '../harness/docs-table.ts';
import { readJobs } from '../harness/jobs.ts';
import { poll } from '../harness/poll.ts';
import type { Session } from '../harness/session.ts';
import { stateOf } from '../../../utils/core/jobs/turns.ts';

/** How much may be lost at a sudden death: the issue's own bound. */
export const LAST_MS = 500;

/** The table of one test file. */
export function faultTable(name: string): DocsTable {
  return docsTable('docs/FAULTS.md', name, 'Fault');
}

/**
 * What a surface shows of a job, in a few words. It looks within a frame, with the page in front:
 * between two frames, as behind another page, Chromium gives an animation's end before the card
 * hears of it, which nobody sees.
 */
export async function seenIn(
  surface: Pick<CardHandle, 'evaluate' | 'bringToFront'>,
): Promise<string> {
  await surface.bringToFront();
  return await surface.evaluate(async (root) => {
    await new Promise(requestAnimationFrame);
    const text = (selector: string) =>
      [...root.querySelectorAll(selector)]
        .find((each) => each.checkVisibility({ visibilityProperty: true }))
        ?.textContent.trim();
    const title = text('.job-notice strong');
    const words = text('.job-words, .job-blocks');
    const buttons = [...root.querySelectorAll('.job-actions button')].map(
      (button) => button.getAttribute('aria-label') ?? button.textContent.trim(),
    );
    const next = buttons.find((name) => /^(Continue|Retry|Ask again)/.test(name));
    const shown = [
      title && `“${title}”`,
      words && (title ? 'its words' : 'the answer'),
      title && next && `“${next}”`,
    ];
    return shown.filter(Boolean).join(', ');
  });
}

/** The newest job, once it has ended. */
export async function endedJob(session: Session, timeout = 20_000): Promise<Job> {
  return await poll(
    'the end of the job',
    async () => {
      const [job] = await readJobs(session);
      return job && hasEnded(stateOf(job)) && job;
    },
    { timeout, interval: 100 },
  );
}

/** All that had been said so long before must be there. Gives the words for the table. */
export function lostOf(job: Job, said: { all: string; surely: string }): string {
  const kept = textOf(stateOf(job));
  expect(kept.length).toBeGreaterThanOrEqual(said.surely.trim().length);
  expect(said.all.startsWith(kept.trim())).toBe(true);
  return said.all.trim() === said.surely.trim()
    ? 'lost: nothing'
    : `lost: at most the words of the last ${LAST_MS} ms`;
}
