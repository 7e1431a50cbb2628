/** The history as Markdown, to be read. What a page or a model said stays text in any viewer. */
import type { Job } from '../../core/jobs/job';
import { plainJob, type PlainAnswer, type PlainJob, type PlainTurn } from './plain-job';

/** What is said of a description in lines below its head. */
export const MARKDOWN_FACTS = ['time', 'page', 'image', 'model', 'server', 'route', 'id'] as const;
export type MarkdownFact = (typeof MARKDOWN_FACTS)[number];

/** The facts that an answer states for itself when they differ from the description's. */
export const SENT_FACTS = ['model', 'server', 'route'] as const satisfies readonly MarkdownFact[];
type SentFacts = Pick<PlainAnswer, (typeof SENT_FACTS)[number]>;

type MarkdownWord =
  | MarkdownFact
  | 'title'
  | 'prompt'
  | 'question'
  | 'answer'
  /** Before an answer that stands beside the first one. */
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
  opinion: ['Second opinion'],
  noAnswer: ['No answer came.', 'Es kam keine Antwort.'],
  incomplete: ['The answer is incomplete.', 'Die Antwort ist unvollständig.'],
};

const written = (word: MarkdownWord) => MARKDOWN_WORDS[word][0];

export async function* markdownPieces(jobs: AsyncIterable<Job[]>): AsyncGenerator<string> {
  yield `# ${written('title')}\n`;
  for await (const piece of jobs) yield piece.map((job) => section(plainJob(job))).join('');
}

function section(job: PlainJob): string {
  const sent = sentOf(job);
  const facts = { ...job, ...sent };
  const lines = MARKDOWN_FACTS.filter((fact) => facts[fact] !== '').map((fact) =>
    factLine(fact, facts[fact]),
  );
  const prompt = `\n${written('prompt')}:\n\n${fenced(job.prompt)}`;
  const turns = job.turns.map((turn) => turnText(turn, sent));
  return `\n## ${plain(job.preset)}\n\n${lines.join('')}${prompt}${turns.join('')}`;
}

/** By whom most of it is answered: the last one that was sent. Others say so themselves. */
function sentOf({ turns }: PlainJob): SentFacts {
  const answers = turns.flatMap((turn) => turn.answers);
  const {
    model = '',
    server = '',
    route = '',
  } = answers.findLast((each) => each.route !== '') ?? {};
  return { model, server, route };
}

function factLine(fact: MarkdownFact, value: string): string {
  return `- ${written(fact)}: ${fact === 'time' ? value : code(value)}\n`;
}

function turnText({ question, answers }: PlainTurn, sent: SentFacts): string {
  const asked = question === '' ? '' : `\n${written('question')}:\n\n${fenced(question)}`;
  return asked + answers.map((answer, at) => answerLines(answer, at, sent)).join('');
}

function answerLines(plainAnswer: PlainAnswer, at: number, sent: SentFacts): string {
  const { answer, state, route } = plainAnswer;
  const opinion = at === 0 ? '' : `\n${written('opinion')}:\n`;
  const own = SENT_FACTS.filter((fact) => route !== '' && plainAnswer[fact] !== sent[fact]);
  const facts =
    own.length === 0 ? '' : `\n${own.map((fact) => factLine(fact, plainAnswer[fact])).join('')}`;
  const said =
    answer === '' ? `\n${written('noAnswer')}\n` : `\n${written('answer')}:\n\n${fenced(answer)}`;
  const early = answer !== '' && state !== 'done' ? `\n${written('incomplete')}\n` : '';
  return opinion + facts + said + early;
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
