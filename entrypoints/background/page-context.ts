/** What the page of a job says about its image, as far as the person lets it go along. */
import * as v from 'valibot';
import { valueOf } from '../../utils/errors';
import { inTime } from '../../utils/in-time';
import type { Job } from '../../utils/jobs/job';
import { hostOfPage } from '../../utils/jobs/job-image';
import { pageCalls } from '../../utils/messaging/calls';
import { pageContextSchema, type PageContext } from '../../utils/prompts/page-context';
import { needsPage } from '../../utils/prompts/prompt';
import { readQuietSites, watchQuietSites } from '../../utils/settings/settings';

/** A page that is busy must not keep a question waiting; the picture says most. */
const TIMEOUT_MS = 1_500;

export interface ContextSource {
  /** `undefined` where the preset asks for nothing, or the page cannot or does not say. */
  of(job: Job, pageReady: Promise<boolean>): Promise<PageContext | undefined>;
  /** Takes what a page tells by itself, which is sooner than what it answers. */
  told(jobId: string, context: PageContext): void;
}

/** Begins to read the person's choice of sites at once. */
export function createContextSource(): ContextSource {
  const waiting = new Map<string, (context: PageContext) => void>();
  let quiet = readQuietSites();
  watchQuietSites(() => {
    quiet = readQuietSites();
  });

  return {
    async of(job, pageReady) {
      const { image, preset } = job;
      if (image.kind !== 'element' || job.compared || !needsPage(preset)) return undefined;
      try {
        const told = new Promise<PageContext>((resolve) => waiting.set(job.id, resolve));
        const asked = () => inTime(Promise.race([told, askPage(job, pageReady)]), TIMEOUT_MS);
        const context = job.context ?? (await asked());
        // What the image is for is our own finding, no word of the page.
        const isQuiet = (await quiet).includes(hostOfPage(image));
        return context && isQuiet ? { ...context, texts: {} } : context;
      } catch (error) {
        console.warn('the page says nothing of its image', error);
        return undefined;
      } finally {
        waiting.delete(job.id);
      }
    },
    told: (jobId, context) => waiting.get(jobId)?.(context),
  };
}

async function askPage(
  { image, tabId }: Job,
  pageReady: Promise<boolean>,
): Promise<PageContext | undefined> {
  if (!(await pageReady)) return undefined;
  const answer = await pageCalls.sendMessage('image.context', { image }, { tabId, frameId: 0 });
  return v.parse(pageContextSchema, valueOf(answer));
}
