/** From a job as it stands to what its model is asked. */
import { textOf } from '../../../utils/core/jobs/answer-state';
import type { Job, Turn } from '../../../utils/core/jobs/job';
import {
  answeredTurns,
  findAnswer,
  pageContextOf,
  presentAnswer,
  presentTurn,
} from '../../../utils/core/jobs/turns';
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

/** The request for an answer, and the words of the page that are in it. */
export function requestFor(
  job: Job,
  answerId: string,
  { images, model, browserLanguage, resumeFrom }: RequestInput,
): { request: VisionRequest; texts: ContextTexts } {
  const { preset, purpose, turns } = job;
  const asked = findAnswer(job, answerId);
  const { answer, turn, at } = asked ?? {
    answer: presentAnswer(job),
    turn: presentTurn(job),
    at: turns.length - 1,
  };
  const { question } = turn;
  const situation = { context: pageContextOf(job), purpose, browserLanguage };
  const first = (typed: string | undefined) =>
    promptFor(typed === undefined ? preset : { ...preset, prompt: typed }, situation);
  // The first question is asked as the preset would be; those after it as they were typed.
  const wordsOf = (each: Turn) =>
    each !== turns[0] && each.question !== undefined ? each.question : first(each.question).text;

  const before = answeredTurns(turns.slice(0, at)).map((answered) => ({
    question: wordsOf(answered.turn),
    answer: textOf(answered.answer.state),
  }));
  const { texts, language } = first(undefined);
  return {
    texts,
    request: {
      model,
      instructions: instructionsFor(language),
      messages: messagesFor({
        before,
        question: wordsOf(turn),
        images,
        texts,
      }),
      maxTokens: answer.maxTokens,
      language,
      typed: question !== undefined,
      detail: preset.detail,
      effort: preset.effort,
      ...(resumeFrom === undefined ? {} : { resumeFrom }),
    },
  };
}
