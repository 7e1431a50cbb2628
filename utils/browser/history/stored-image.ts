/** An image as it was sent, as it is stored for this session and on disk. */
import * as v from 'valibot';
import { sentSchema } from '../../core/jobs/answer-state';
import type { Job } from '../../core/jobs/job';

export const storedImageSchema = v.object({
  /** The job's, or that of an image chosen for comparison. */
  id: v.string(),
  storedAt: v.number(),
  dataUrl: v.string(),
  /** Not to go for newer ones. */
  pinned: v.optional(v.boolean()),
  /** Of a private window: not to be written to disk. */
  private: v.optional(v.boolean()),
  ...v.pick(sentSchema, ['route', 'original', 'partial']).entries,
});
export type StoredImage = v.InferOutput<typeof storedImageSchema>;

/** Under which the images of a job are kept: its own, or those that it compares. */
export function imageIdsOf({ id, images = [] }: Job): string[] {
  return [id, ...images.map((each) => each.id)];
}
