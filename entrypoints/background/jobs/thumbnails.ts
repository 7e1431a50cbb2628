/** Small images of jobs' images, for the lists that show them. */
import type { Job } from '../../../utils/core/jobs/job';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { ImageFile } from '../../../utils/core/image/open';
import { isThumbnail, makeThumbnail } from '../../../utils/core/image/thumbnail';

/** What a content script sees of a job's image. */
interface SeenImage {
  thumbnail?: string | undefined;
  size?: JobImage['size'];
}

/**
 * Keeps what is not known yet, and gives the job as it is now. A thumbnail that is not a small
 * image is dropped.
 */
export async function keepSeen(
  store: Pick<JobStore, 'get' | 'put'>,
  jobId: string,
  { thumbnail, size }: SeenImage,
): Promise<Job | undefined> {
  const job = store.get(jobId);
  if (!job) return undefined;
  const small = thumbnail !== undefined && isThumbnail(thumbnail);
  const next = {
    ...job,
    ...(small && !job.thumbnail ? { thumbnail } : {}),
    image: { ...job.image, ...(size && !job.image.size ? { size } : {}) },
  };
  await store.put(next);
  return next;
}

/**
 * Makes a job's thumbnail from its image, and gives the job as it is then. A job without one is no
 * worse for it.
 */
export async function addThumbnail(
  store: Pick<JobStore, 'get' | 'put'>,
  jobId: string,
  file: ImageFile,
): Promise<Job | undefined> {
  // The card has often drawn one already; decoding a large photo again would be for nothing.
  if (store.get(jobId)?.thumbnail) return undefined;
  try {
    return await keepSeen(store, jobId, { thumbnail: await makeThumbnail(file) });
  } catch (error) {
    console.warn('no thumbnail', error);
    return undefined;
  }
}
