/** What every surface that shows jobs gives its components: calls to the background, copying, and the connection check. */
import type { Result } from '../../utils/core/errors';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { copyText } from '../../utils/page/copy-text';
import type { CheckReport } from '../../utils/core/vision/check-report';

export interface JobPort {
  /** Calls the background, and tells the person where that failed. Never rejects. */
  call: typeof callBackground;
  /** Copies, and tells whether that worked. */
  copy: (text: string) => Promise<boolean>;
  /** Checks the connection that an answer is asked by. What fails is shown where it was pressed alone. */
  check: (place: { jobId: string; answerId: string }) => Promise<Result<CheckReport>>;
}

/** The port of a surface that calls in its own way. */
export function createJobPort(call: JobPort['call']): JobPort {
  return { call, copy: copyText, check: (place) => callBackground('job.check', place) };
}
