/** The history as Markdown, to be read. What a page or a model said stays text in any viewer. */
import { turnsOf } from '../jobs/conversation';
import { textOf, type Job, type Turn } from '../jobs/job';

export interface MarkdownWords {
  title: string;
  time: string;
  page: string;
  model: string;
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
  for await (const piece of jobs) yield piece.map((job) => section(job, words)).join('');
}

function section(job: Job, words: MarkdownWords): string {
  const { state, image, preset, createdAt } = job;
  const sent = 'sent' in state ? state.sent : undefined;
  const page = image.pageUrl || (image.name ?? '');
  const facts = [
    `- ${words.time}: ${new Date(createdAt).toISOString()}`,
    ...(page ? [`- ${words.page}: ${code(page)}`] : []),
    ...(sent ? [`- ${words.model}: ${code(sent.model)}`] : []),
  ];
  const turns = turnsOf(job).map((turn, at) => {
    const edited = at === job.earlier.length ? job.edited : undefined;
    return turnText(turn, edited, words);
  });
  return `\n## ${plain(preset.name)}\n\n${facts.join('\n')}\n${turns.join('')}`;
}

function turnText({ question, state }: Turn, edited: string | undefined, words: MarkdownWords) {
  const answer = edited ?? textOf(state);
  const asked = question === undefined ? '' : `\n${words.question}:\n\n${fenced(question)}`;
  const said = answer === '' ? `\n${words.noAnswer}\n` : `\n${words.answer}:\n\n${fenced(answer)}`;
  const early = answer !== '' && state.status !== 'done' ? `\n${words.incomplete}\n` : '';
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
