/** The descriptions in Markdown of ours, one after the other, however large the file is. */
import { Lexer, type Token, type Tokens } from 'marked';
import { MARKDOWN_FACTS, type MarkdownWords } from './export-markdown';
import { MAX_SIZE, textOf, type FileRead } from './file-read';
import { jobOfPlain, type PlainJob, type PlainTurn } from './plain-job';

/** The values as they come, unread. Never throws for what is in the file. */
export async function* readMarkdown(
  file: Blob,
  words: MarkdownWords,
): AsyncGenerator<unknown[], FileRead> {
  const sections = new Sections();
  let isOurs = false;
  let isBroken = false;
  try {
    for await (const text of textOf(file)) {
      const whole = sections.add(text);
      const head = isOurs ? undefined : whole.shift();
      if (head !== undefined) {
        isOurs = isTitle(head, words);
        if (!isOurs) return { ok: false, fault: 'otherKind' };
      }
      yield whole.map((section) => valueOf(section, words));
      isBroken = sections.rest.length > MAX_SIZE;
      if (isBroken) break;
    }
  } catch {
    // It is no UTF-8.
    isBroken = true;
  }
  if (isBroken) return isOurs ? { ok: true, end: 'broken' } : { ok: false, fault: 'otherKind' };
  if (!isOurs) {
    return isTitle(sections.rest, words)
      ? { ok: true, end: 'whole' }
      : { ok: false, fault: 'otherKind' };
  }
  const last = sections.isInCode ? undefined : plainOf(sections.rest, words);
  if (!last) return { ok: true, end: 'cut' };
  yield [jobOfPlain(last)];
  return { ok: true, end: 'whole' };
}

/** A text that comes in pieces, parted before each head of the second order. */
class Sections {
  /** What has begun and is not known to be whole. */
  rest = '';
  /** Up to where `rest` has been looked at: to the beginning of a line. */
  #seen = 0;
  #fence = '';

  /** It ends within a block of code. */
  get isInCode(): boolean {
    return this.#fence !== '';
  }

  /** The sections that have ended with this piece. */
  add(text: string): string[] {
    this.rest += text;
    const whole: string[] = [];
    for (;;) {
      const end = this.rest.indexOf('\n', this.#seen);
      if (end < 0) return whole;
      const line = this.rest.slice(this.#seen, end).replace(/\r$/, '');
      if (this.#fence === '' && line.startsWith('## ') && this.#seen > 0) {
        whole.push(this.rest.slice(0, this.#seen));
        this.rest = this.rest.slice(this.#seen);
        this.#seen = 0;
        continue;
      }
      const ticks = /^`{3,}/.exec(line)?.[0] ?? '';
      if (this.#fence === '') this.#fence = ticks;
      else if (ticks === line && ticks.length >= this.#fence.length) this.#fence = '';
      this.#seen = end + 1;
    }
  }
}

function isTitle(text: string, { title }: MarkdownWords): boolean {
  return text.trim() === `# ${title}`;
}

function valueOf(section: string, words: MarkdownWords): unknown {
  const plain = plainOf(section, words);
  return plain && jobOfPlain(plain);
}

/** What a section says; `undefined` where it is none of ours. */
function plainOf(section: string, words: MarkdownWords): PlainJob | undefined {
  const [head, list, ...rest] = Lexer.lex(section).filter(({ type }) => type !== 'space');
  if (head?.type !== 'heading' || list?.type !== 'list') return undefined;
  const facts = factsIn(list as Tokens.List, words);
  const { model = '', server = '', route = '', ...more } = facts;
  let prompt = '';
  let question = '';
  const turns: PlainTurn[] = [];
  const turn = (answer: string, state: string) => {
    const counted = { tokensIn: '', tokensOut: '', cost: '' };
    turns.push({ question, answer, state, model, server, route, ...counted });
    question = '';
  };
  for (const [at, token] of rest.entries()) {
    const said = token.type === 'paragraph' ? textIn(token) : '';
    const next = rest[at + 1];
    const block = next?.type === 'code' ? blockIn(next) : '';
    const last = turns.at(-1);
    if (said === `${words.prompt}:`) prompt = block;
    else if (said === `${words.question}:`) question = block;
    else if (said === `${words.answer}:`) turn(block, 'done');
    else if (said === words.noAnswer) turn('', 'stopped');
    else if (said === words.incomplete && last) last.state = 'stopped';
  }
  if (turns.length === 0) return undefined;
  const { id = '', time = '', page = '', picture = '' } = more;
  return { id, time, site: '', page, picture, preset: textIn(head), prompt, turns };
}

function factsIn(list: Tokens.List, words: MarkdownWords): Partial<Record<string, string>> {
  return Object.fromEntries(
    list.items.flatMap((item) => {
      const text = textIn(item.tokens[0] ?? item);
      const fact = MARKDOWN_FACTS.find((each) => text.startsWith(`${words[each]}: `));
      return fact ? [[fact, text.slice(words[fact].length + 2)]] : [];
    }),
  );
}

/** What stands between the fences, to the last empty line of it. */
function blockIn({ raw }: Token): string {
  return raw.slice(raw.indexOf('\n') + 1).replace(/\n`+\n*$/, '');
}

/** The words of a line: of code what is in it, of escapes the sign. */
function textIn(token: Token): string {
  const inner = 'tokens' in token ? (token.tokens ?? []) : [];
  return inner
    .map((each) => {
      if (each.type === 'codespan') return (each as Tokens.Codespan).text;
      return each.type === 'escape' ? each.raw.slice(1) : each.raw;
    })
    .join('');
}
