/** The history as Markdown, to be read. What a page or a model said stays text in any viewer. */
import type { Job } from '../../core/jobs/job';
import { plainJob, type PlainAnswer, type PlainJob, type PlainTurn } from './plain-job';

/** What is said of a description in lines below its head. */
export const MARKDOWN_FACTS = ['time', 'page', 'image', 'model', 'server', 'route', 'id'] as const;
export type MarkdownFact = (typeof MARKDOWN_FACTS)[number];

type MarkdownWord =
  | MarkdownFact
  | 'title'
  | 'prompt'
  | 'question'
  | 'answer'
  /** Before the name of its model. */
  | 'opinion'
  /** In place of an answer that is not there. */
  | 'noAnswer'
  /** After an answer that ended early. */
  | 'incomplete';

/**
 * The words around what was said, the same in every language, so that any Descry reads any file. The
 * first is written; the others are of files that earlier versions wrote, in English or German.
 */
export const MARKDOWN_WORDS: Readonly<Record<MarkdownWord, readonly [string, ...string[]]>> = {
  title: ['Descry history', 'History of Descry', 'Verlauf von Descry'],
  time: ['Time', 'Zeit'],
  page: ['Page', 'Seite'],
  image: ['Image', 'Picture', 'Bild'],
  model: ['Model', 'Modell'],
  server: ['Server'],
  route: ['Route', 'Sent as', 'Gesendet als'],
  id: ['ID'],
  prompt: ['Prompt'],
  question: ['Question', 'Frage'],
  answer: ['Answer', 'Antwort'],
  opinion: ['Second opinion of'],
  noAnswer: ['No answer came.', 'Es kam keine Antwort.'],
  incomplete: ['The answer is incomplete.', 'Die Antwort ist unvollständig.'],
};

const written = (word: MarkdownWord) => MARKDOWN_WORDS[word][0];

export async function* markdownPieces(jobs: AsyncIterable<Job[]>): AsyncGenerator<string> {
  yield `# ${written('title')}\n`;
  for await (const piece of jobs) yield piece.map((job) => section(plainJob(job))).join('');
}

function section(job: PlainJob): string {
  const { model = '', server = '', route = '' } = job.turns.at(-1)?.answers[0] ?? {};
  const facts = { ...job, model, server, route };
  const lines = MARKDOWN_FACTS.filter((fact) => facts[fact] !== '').map((fact) => {
    const value = fact === 'time' ? facts[fact] : code(facts[fact]);
    return `- ${written(fact)}: ${value}\n`;
  });
  const prompt = `\n${written('prompt')}:\n\n${fenced(job.prompt)}`;
  const turns = job.turns.map(turnText);
  return `\n## ${plain(job.preset)}\n\n${lines.join('')}${prompt}${turns.join('')}`;
}

function turnText({ question, answers }: PlainTurn): string {
  const asked = question === '' ? '' : `\n${written('question')}:\n\n${fenced(question)}`;
  return asked + answers.map(answerLines).join('');
}

function answerLines({ answer, state, model }: PlainAnswer, at: number): string {
  const opinion = at === 0 ? '' : `\n${written('opinion')}: ${code(model)}\n`;
  const said =
    answer === '' ? `\n${written('noAnswer')}\n` : `\n${written('answer')}:\n\n${fenced(answer)}`;
  const early = answer !== '' && state !== 'done' ? `\n${written('incomplete')}\n` : '';
  return opinion + said + early;
}

/** A block in which nothing is read as a mark; its fence is longer than any in the text. */
function fenced(text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}text\n${text}\n${fence}\n`;
}

/** The same within a line. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const fence = fenceFor(line, 1);
  return `${fence} ${line} ${fence}`;
}

function fenceFor(text: string, least: number): string {
  let longest = least - 1;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}

/** One line, each sign of which stands for itself: also a bare address becomes no link. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
