/** Small pictures of jobs' images, for the lists that show them. */
import type { JobStore } from '../../utils/jobs/job-store';
import { makeThumbnail } from '../../utils/image/thumbnail';

/** A thumbnail is some kB; a larger one is not ours, and would fill the session's storage. */
const MAX_LENGTH = 32_000;
const DATA_IMAGE = /^data:image\/(jpeg|png|webp);base64,[\w+/=]+$/;

/** Keeps a thumbnail that a content script has made. One that is not a small picture is dropped. */
export async function keepThumbnail(
  store: Pick<JobStore, 'get' | 'put'>,
  jobId: string,
  dataUrl: string,
): Promise<void> {
  const job = store.get(jobId);
  if (!job || job.thumbnail || dataUrl.length > MAX_LENGTH || !DATA_IMAGE.test(dataUrl)) return;
  await store.put({ ...job, thumbnail: dataUrl });
}

/** Makes a job's thumbnail from its image. A job without one is no worse for it. */
export async function addThumbnail(
  store: Pick<JobStore, 'get' | 'put'>,
  jobId: string,
  bytes: Blob,
): Promise<void> {
  // The card has often drawn one already; decoding a large photo again would be for nothing.
  if (store.get(jobId)?.thumbnail) return;
  try {
    await keepThumbnail(store, jobId, await makeThumbnail(bytes));
  } catch (error) {
    console.warn('no thumbnail', error);
  }
}
