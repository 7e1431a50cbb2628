/** From a job as it stands to what its model is asked. */
import type { Job, Turn } from '../../../utils/core/jobs/job';
import { textOf } from '../../../utils/core/jobs/job';
import { answeredTurns } from '../../../utils/core/jobs/conversation';
import { instructionsFor } from '../../../utils/core/prompts/instructions';
import { messagesFor } from '../../../utils/core/prompts/messages';
import type { ContextTexts } from '../../../utils/core/prompts/page-context';
import { promptFor } from '../../../utils/core/prompts/prompt';
import type { VisionRequest } from '../../../utils/core/vision/provider';

export interface RequestInput {
  /** As the request takes them, in the order of their numbers; `undefined` for one left out. */
  images: readonly (string | undefined)[];
  model: string;
  /** Of the person's browser, as a BCP 47 tag. */
  browserLanguage: string;
  /** What had arrived of the answer, where it goes on from there. */
  resumeFrom?: string | undefined;
}

/** The request for a job's present question, and the words of the page that are in it. */
export function requestFor(
  job: Job,
  { images, model, browserLanguage, resumeFrom }: RequestInput,
): { request: VisionRequest; texts: ContextTexts } {
  const { preset, context, role, earlier, question, maxTokens } = job;
  const situation = { context, purpose: role, browserLanguage };
  const first = (typed: string | undefined) =>
    promptFor(typed === undefined ? preset : { ...preset, prompt: typed }, situation);
  // The first question is asked as the preset would be; those after it as they were typed.
  const wordsOf = (turn: Pick<Turn, 'question'>, at: number) =>
    at > 0 && turn.question !== undefined ? turn.question : first(turn.question).text;

  const answered = answeredTurns(earlier);
  const before = answered.map((turn) => ({
    question: wordsOf(turn, earlier.indexOf(turn)),
    answer: textOf(turn.state),
  }));
  const { texts, language } = first(undefined);
  return {
    texts,
    request: {
      model,
      instructions: instructionsFor(language),
      messages: messagesFor({
        before,
        question: wordsOf({ question }, earlier.length),
        images,
        texts,
      }),
      maxTokens,
      language,
      typed: question !== undefined,
      detail: preset.detail,
      effort: preset.effort,
      ...(resumeFrom === undefined ? {} : { resumeFrom }),
    },
  };
}
