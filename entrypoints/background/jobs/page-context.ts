/** The page context of a job, as far as the person allows it to be sent. */
import { printable } from '../../../utils/core/errors';
import { withTimeout } from '../../../utils/core/with-timeout';
import type { Job } from '../../../utils/core/jobs/job';
import { pageContextOf } from '../../../utils/core/jobs/turns';
import { hostOfPage, type JobImage } from '../../../utils/core/jobs/job-image';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';
import type { PageContext } from '../../../utils/core/prompts/page-context';
import { needsPage } from '../../../utils/core/prompts/prompt';
import { readPrivateSite } from '../../../utils/browser/settings/private-sites';
import {
  readSitesChoice,
  watchSitesWithoutPageContext,
} from '../../../utils/browser/settings/settings';

/** A page that is busy must not keep a question waiting; the image says most. */
const TIMEOUT_MS = 1_500;

export interface ContextSource {
  /** `undefined` where the preset asks for nothing, or the page cannot or does not say. */
  of(job: Job, pageReady: Promise<boolean>): Promise<PageContext | undefined>;
}

/** Begins to read the person's choice of sites at once. */
export function createContextSource(feed: Pick<JobFeed, 'pageContext'>): ContextSource {
  let maySend = readSitesChoice();
  watchSitesWithoutPageContext(() => {
    maySend = readSitesChoice();
  });

  return {
    async of(job, pageReady) {
      const { image, preset } = job;
      if (image.kind !== 'element' || job.images || !needsPage(preset)) return undefined;
      try {
        const known = pageContextOf(job);
        const isWithout = await isWithheld(image, maySend);
        // Withheld before, its texts are to be had from the page alone.
        const isEnough = known && (isWithout || Object.keys(known.texts).length > 0);
        const context = isEnough ? known : ((await askPage(job, pageReady)) ?? known);
        // What the image is for is our own finding, no word of the page.
        return context && isWithout ? { ...context, texts: {} } : context;
      } catch (error) {
        console.warn('the page says nothing of its image', printable(error));
        return undefined;
      }
    },
  };

  async function askPage(job: Job, pageReady: Promise<boolean>): Promise<PageContext | undefined> {
    const done = new AbortController();
    void pageReady.then((isReady) => isReady || done.abort());
    try {
      return await withTimeout(feed.pageContext(job, done.signal), TIMEOUT_MS);
    } finally {
      done.abort();
    }
  }
}

/** In a private window, what was chosen there comes first. */
async function isWithheld(
  image: JobImage,
  maySend: ReturnType<typeof readSitesChoice>,
): Promise<boolean> {
  const host = hostOfPage(image);
  const chosen = image.private ? await readPrivateSite(host) : undefined;
  return chosen ?? !(await maySend)(host);
}
