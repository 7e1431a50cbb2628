/** What is asked, of whom, and about which image: all that an answer needs. */
import type { Answer, Job } from '../../../utils/core/jobs/job';
import type { PageContext } from '../../../utils/core/prompts/page-context';
import type { OpenConnection } from '../connections/open-connection';
import type { ImageRequest } from '../images/acquire-image';

/** An answer that is being asked for. */
export interface Question {
  open: OpenConnection;
  /** As it was when it was asked. */
  job: Job;
  answer: Answer;
  imageRequest: ImageRequest;
  context: Promise<PageContext | undefined>;
}
