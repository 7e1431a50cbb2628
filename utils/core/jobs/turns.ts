/** What can be read off a job's turns: the present question and answer, and those before. */
import type { Purpose } from '../prompts/purpose';
import type { PageContext } from '../prompts/page-context';
import { hasEnded, isSettled, textOf, type AnswerState } from './answer-state';
import type { Answer, Job, Turn } from './job';

/** What is asked now. */
export function presentTurn({ turns }: Job): Turn {
  return turns.at(-1) ?? turns[0];
}

/** The turns before, oldest first. */
export function earlierTurns({ turns }: Job): Turn[] {
  return turns.slice(0, -1);
}

/** The answer that the present question was asked for; second opinions stand beside it. */
export function presentAnswer(job: Job): Answer {
  return presentTurn(job).answers[0];
}

/** The state of the present answer. */
export function stateOf(job: Job): AnswerState {
  return presentAnswer(job).state;
}

/** The second opinions on the present question, oldest first. */
export function opinionsOf(job: Job): Answer[] {
  return presentTurn(job).answers.slice(1);
}

/** All answers of a job, oldest question first. */
export function answersOf({ turns }: Job): Answer[] {
  return turns.flatMap(({ answers }) => answers);
}

/** An answer with the place of its turn; `undefined` where the job has none by this id. */
export function findAnswer(
  { turns }: Job,
  answerId: string,
): { answer: Answer; turn: Turn; at: number } | undefined {
  for (const [at, turn] of turns.entries()) {
    const answer = turn.answers.find(({ id }) => id === answerId);
    if (answer) return { answer, turn, at };
  }
  return undefined;
}

/**
 * The job with each of its answers changed; the same one where none is, and the same turns where none
 * of theirs is: this runs on every word.
 */
export function mapAnswers(job: Job, change: (answer: Answer) => Answer): Job {
  const changedTurn = (turn: Turn): Turn => {
    const [first, ...opinions] = turn.answers;
    const answers: Turn['answers'] = [change(first), ...opinions.map(change)];
    const isSame = answers.every((answer, at) => answer === turn.answers[at]);
    return isSame ? turn : { ...turn, answers };
  };
  const [first, ...later] = job.turns;
  const turns: Job['turns'] = [changedTurn(first), ...later.map(changedTurn)];
  return turns.every((turn, at) => turn === job.turns[at]) ? job : { ...job, turns };
}

/** All answers of a job are settled: nothing more happens to it unless someone acts. */
export function isJobSettled(job: Job): boolean {
  return answersOf(job).every(({ state }) => isSettled(state));
}

/** Every answer to what is asked now has ended, whichever way. */
export function isPresentTurnOver(job: Job): boolean {
  return presentTurn(job).answers.every(({ state }) => hasEnded(state));
}

/** An answer as the person has changed it, else as it came; empty where no word did. */
export function answerText({ edited, state }: Answer): string {
  return edited ?? textOf(state);
}

/** Which model an answer is of: as the server named it, else as it was asked; none before that. */
export function answerModel({ state }: Answer): string | undefined {
  if (state.status === 'done') return state.model;
  return 'sent' in state ? state.sent?.model : undefined;
}

/** What the page says of the image, as it was last asked. */
export function pageContextOf({ turns }: Job): PageContext | undefined {
  return turns.findLast(({ pageContext }) => pageContext !== undefined)?.pageContext;
}

/** What the image is for: as the person says, else as its page suggests. */
export function purposeOfJob(job: Job): Purpose | undefined {
  return job.purpose ?? pageContextOf(job)?.purpose?.kind;
}

/** The language that a job's answers are asked in, as a BCP 47 tag: the browser's by default. */
export function languageOf(job: Job): string {
  const { language } = job.preset;
  const named = language === 'page' ? pageContextOf(job)?.language : language;
  return named ?? navigator.language;
}

/**
 * Of each turn the answer that a model is told of: the first that came, whole or in part. A turn in
 * which all failed is left out, so that it spoils no other.
 */
export function answeredTurns(turns: readonly Turn[]): { turn: Turn; answer: Answer }[] {
  return turns.flatMap((turn) => {
    const answer = turn.answers.find(({ state }) => isAnswered(state));
    return answer ? [{ turn, answer }] : [];
  });
}

function isAnswered(state: AnswerState): boolean {
  return (state.status === 'done' || state.status === 'stopped') && textOf(state) !== '';
}
