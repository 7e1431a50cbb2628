/** The descriptions in Markdown of ours, one after the other, however large the file is. */
import { MARKDOWN_FACTS, MARKDOWN_WORDS, SENT_FACTS } from './export-markdown';
import { MAX_SIZE, textOf, type FileRead } from './file-read';
import { jobOfPlain, type PlainAnswer, type PlainJob, type PlainTurn } from './plain-job';

/** The values as they come, unread. Never throws for what is in the file. */
export async function* readMarkdown(file: Blob): AsyncGenerator<unknown[], FileRead> {
  const sections = new Sections();
  let isOwn = false;
  let isBroken = false;
  try {
    for await (const text of textOf(file)) {
      const whole = sections.add(text);
      const head = isOwn ? undefined : whole.shift();
      if (head !== undefined) {
        isOwn = isTitle(head);
        if (!isOwn) return { ok: false, fault: 'otherKind' };
      }
      yield whole.map((section) => valueOf(section));
      isBroken = sections.rest.length > MAX_SIZE;
      if (isBroken) break;
    }
  } catch {
    // It is no UTF-8.
    isBroken = true;
  }
  if (isBroken) return isOwn ? { ok: true, end: 'broken' } : { ok: false, fault: 'otherKind' };
  if (!isOwn) {
    return isTitle(sections.rest) ? { ok: true, end: 'whole' } : { ok: false, fault: 'otherKind' };
  }
  const last = sections.isInCode ? undefined : plainOf(sections.rest);
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
      if (this.#fence === '') this.#fence = fenceOf(line);
      else if (closes(line, this.#fence)) this.#fence = '';
      this.#seen = end + 1;
    }
  }
}

function isTitle(text: string): boolean {
  return MARKDOWN_WORDS.title.some((title) => text.trim() === `# ${title}`);
}

function valueOf(section: string): unknown {
  const plain = plainOf(section);
  return plain && jobOfPlain(plain);
}

/** What a section says; `undefined` where it is none of ours. */
function plainOf(section: string): PlainJob | undefined {
  const [head, ...blocks] = blocksOf(section);
  const list = blocks.findIndex((block) => !isItem(block));
  const [items, rest] = [blocks.slice(0, list), blocks.slice(list)];
  if (!head?.text.startsWith('## ') || items.length === 0) return undefined;
  const facts = factsIn(items);
  const { model = '', server = '', route = '', ...more } = facts;
  const sent = { model, server, route };
  let prompt = '';
  let question = '';
  let own: Partial<typeof sent> = {};
  let isOpinion = false;
  const turns: PlainTurn[] = [];
  const add = (answer: string, state: string) => {
    const counted = { tokensIn: '', tokensOut: '', cost: '' };
    const said = { answer, state, ...sent, ...own, ...counted };
    const last = turns.at(-1);
    if (last && isOpinion) last.answers.push(said);
    else turns.push({ question, answers: [said] });
    question = '';
    own = {};
    isOpinion = false;
  };
  for (const [at, { isCode, text }] of rest.entries()) {
    const said = isCode ? '' : text;
    const next = rest[at + 1];
    const block = next?.isCode ? next.text : '';
    const last = turns.at(-1)?.answers.at(-1);
    const isLabel = (word: 'prompt' | 'question' | 'answer' | 'opinion') =>
      MARKDOWN_WORDS[word].some((name) => said === `${name}:`);
    if (isLabel('prompt')) prompt = block;
    else if (isLabel('question')) question = block;
    else if (isLabel('opinion')) isOpinion = true;
    else if (isItem({ isCode, text })) own = { ...own, ...sentFactsIn({ isCode, text }) };
    else if (isLabel('answer')) add(block, 'done');
    else if (MARKDOWN_WORDS.noAnswer.includes(said)) add('', 'stopped');
    else if (MARKDOWN_WORDS.incomplete.includes(said) && last) last.state = 'stopped';
  }
  if (turns.length === 0) return undefined;
  const { id = '', time = '', page = '', image = '' } = more;
  return {
    id,
    time,
    site: '',
    page,
    image,
    preset: withoutEscapes(head.text.slice(3)),
    prompt,
    turns,
  };
}

/** A line of text, or what stands between two fences. */
interface Block {
  isCode: boolean;
  text: string;
}

/**
 * The blocks of a text, in one walk along its lines. Of Markdown, this reads what Descry writes: a
 * parser for all of it takes the square of some texts, and 200,000 characters would never end.
 */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let fence = '';
  let code: string[] = [];
  for (const line of text.replaceAll(/\r\n?/g, '\n').split('\n')) {
    if (fence === '') {
      fence = fenceOf(line);
      code = [];
      if (fence === '' && line.trim() !== '') blocks.push({ isCode: false, text: line.trim() });
    } else if (closes(line, fence)) {
      blocks.push({ isCode: true, text: code.join('\n') });
      fence = '';
    } else code.push(line);
  }
  return blocks;
}

/** The backticks with which a line opens a block of code. */
function fenceOf(line: string): string {
  return /^`{3,}/.exec(line)?.[0] ?? '';
}

function closes(line: string, fence: string): boolean {
  return line.length >= fence.length && fenceOf(line) === line;
}

function isItem({ isCode, text }: Block): boolean {
  return !isCode && text.startsWith('- ');
}

function factsIn(items: readonly Block[]): Partial<Record<string, string>> {
  return Object.fromEntries(
    items.flatMap((item) => {
      const text = item.text.slice(2).trim();
      const end = text.indexOf(': ');
      const name = text.slice(0, Math.max(0, end));
      const fact = MARKDOWN_FACTS.find((each) => MARKDOWN_WORDS[each].includes(name));
      return fact ? [[fact, withoutFence(text.slice(end + 2))]] : [];
    }),
  );
}

/** What a line says of the answer below it. */
function sentFactsIn(item: Block): Partial<Pick<PlainAnswer, (typeof SENT_FACTS)[number]>> {
  const facts = factsIn([item]);
  return Object.fromEntries(
    SENT_FACTS.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]])),
  );
}

/** What stands between backticks within a line. */
function withoutFence(text: string): string {
  const fence = /^`*/.exec(text)?.[0] ?? '';
  return fence === '' ? text : text.slice(fence.length + 1, -fence.length - 1);
}

/** Of escapes the sign. */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
