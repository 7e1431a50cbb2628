/** Bars under results: what a call failed with, and why nothing comes into the history. */
import { AlertIcon } from '../controls/icons';
import { errorSentences } from '../../utils/browser/words/error-words';
import type { ErrorCode } from '../../utils/core/errors';

export interface ProblemBarsProps {
  /** What a call just failed with, as a text. */
  problem: string | undefined;
  /** Why what is described now does not come into the history. */
  historyProblem?: ErrorCode | undefined;
}

export function ProblemBars({ problem, historyProblem }: ProblemBarsProps) {
  return (
    <>
      <div role="alert">
        {problem && (
          <p class="bar danger">
            <AlertIcon />
            {problem}
          </p>
        )}
      </div>
      {historyProblem && (
        <p class="bar caution">
          <AlertIcon />
          {errorSentences(historyProblem)}
        </p>
      )}
    </>
  );
}
