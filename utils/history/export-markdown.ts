/** The history as Markdown, to be read. What a page or a model said stays text in any viewer. */
import type { Job } from '../jobs/job';
import { plainJob, type PlainJob, type PlainTurn } from './plain-job';

/** What is said of a description in lines below its head. */
export const MARKDOWN_FACTS = [
  'time',
  'page',
  'picture',
  'model',
  'server',
  'route',
  'id',
] as const;
export type MarkdownFact = (typeof MARKDOWN_FACTS)[number];

export interface MarkdownWords extends Readonly<Record<MarkdownFact, string>> {
  title: string;
  prompt: string;
  question: string;
  answer: string;
  /** In place of an answer that is not there. */
  noAnswer: string;
  /** After an answer that ended early. */
  incomplete: string;
}

export async function* markdownPieces(
  jobs: AsyncIterable<Job[]>,
  words: MarkdownWords,
): AsyncGenerator<string> {
  yield `# ${words.title}\n`;
  for await (const piece of jobs) yield piece.map((job) => section(plainJob(job), words)).join('');
}

function section(job: PlainJob, words: MarkdownWords): string {
  const { model = '', server = '', route = '' } = job.turns.at(-1) ?? {};
  const facts = { ...job, model, server, route };
  const lines = MARKDOWN_FACTS.filter((fact) => facts[fact] !== '').map((fact) => {
    const value = fact === 'time' ? facts[fact] : code(facts[fact]);
    return `- ${words[fact]}: ${value}\n`;
  });
  const prompt = `\n${words.prompt}:\n\n${fenced(job.prompt)}`;
  const turns = job.turns.map((turn) => turnText(turn, words));
  return `\n## ${plain(job.preset)}\n\n${lines.join('')}${prompt}${turns.join('')}`;
}

function turnText({ question, answer, state }: PlainTurn, words: MarkdownWords) {
  const asked = question === '' ? '' : `\n${words.question}:\n\n${fenced(question)}`;
  const said = answer === '' ? `\n${words.noAnswer}\n` : `\n${words.answer}:\n\n${fenced(answer)}`;
  const early = answer !== '' && state !== 'done' ? `\n${words.incomplete}\n` : '';
  return asked + said + early;
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
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least, ...runs.map(({ length }) => length + 1)));
}

/** One line, each sign of which stands for itself: also a bare address becomes no link. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
