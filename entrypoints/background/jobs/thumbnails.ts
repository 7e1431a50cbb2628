/** Small images of jobs' images, for the lists that show them. */
import type { ImageFile } from '../../../utils/core/image/open';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { JobRunner } from './job-runner';

/** Makes a job's thumbnail from its image. A job without one is no worse for it. */
export async function addThumbnail(
  { store, runner }: { store: Pick<JobStore, 'get'>; runner: Pick<JobRunner, 'see'> },
  jobId: string,
  file: ImageFile,
): Promise<void> {
  // The card has often drawn one already; decoding a large photo again would be for nothing.
  if (store.get(jobId)?.thumbnail) return;
  try {
    const { makeThumbnail } = await import('../../../utils/core/image/thumbnail');
    await runner.see(jobId, { thumbnail: await makeThumbnail(file) });
  } catch (error) {
    console.warn('no thumbnail', error);
  }
}
