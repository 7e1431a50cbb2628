/** A job as tables and texts hold it: in words alone, out of which it can be read back. */
import { DEFAULT_MAX_TOKENS } from '../../core/vision/provider-kind';
import type { AnswerState } from '../../core/jobs/answer-state';
import { errorCodeFrom, routeFrom } from '../../core/jobs/former-job';
import type { Answer, Job, Turn } from '../../core/jobs/job';
import { answerModel, answerText } from '../../core/jobs/turns';
import { siteOfPage } from '../../core/jobs/job-image';
import { filedJob } from './filed-job';

/** Nothing is absent: what is not there is empty. */
export interface PlainJob {
  id: string;
  /** ISO 8601, in UTC. */
  time: string;
  /** Of the page; for reading alone. */
  site: string;
  /** The page's address; empty for a file. */
  page: string;
  /** The image's address, or a file's name. */
  image: string;
  /** The prompt's name. */
  preset: string;
  /** The prompt, as it was written. */
  prompt: string;
  turns: PlainTurn[];
}

/** A question, with its answers. */
export interface PlainTurn {
  /** Empty where the prompt was asked. */
  question: string;
  /** Never empty; after the first one the second opinions. */
  answers: PlainAnswer[];
}

export interface PlainAnswer {
  /** As the person has changed it. */
  answer: string;
  /** `done`, `cut`, `stopped`, or `failed: ` and the error's code. */
  state: string;
  model: string;
  server: string;
  route: string;
  tokensIn: string;
  tokensOut: string;
  /** In US dollars. */
  cost: string;
}

/** A prompt that came by a file is none of the person's list. */
const PRESET_ID = 'imported';

export function plainJob(job: Job): PlainJob {
  const { id, createdAt, image, preset } = filedJob(job);
  return {
    id,
    time: new Date(createdAt).toISOString(),
    site: siteOfPage(image),
    page: image.pageUrl,
    image: image.kind === 'file' ? (image.name ?? '') : image.srcUrl,
    preset: preset.name,
    prompt: preset.prompt,
    turns: job.turns.map(plainTurn),
  };
}

function plainTurn({ question, answers }: Turn): PlainTurn {
  return { question: question ?? '', answers: answers.map(plainAnswer) };
}

function plainAnswer(answer: Answer): PlainAnswer {
  const { state } = answer;
  const sent = 'sent' in state ? state.sent : undefined;
  const usage = state.status === 'done' ? state.usage : undefined;
  return {
    answer: answerText(answer),
    state: plainState(state),
    model: answerModel(answer) ?? '',
    server: sent?.host ?? '',
    route: sent?.route ?? '',
    tokensIn: String(usage?.inputTokens ?? ''),
    tokensOut: String(usage?.outputTokens ?? ''),
    cost: String(usage?.cost ?? ''),
  };
}

function plainState(state: AnswerState): string {
  if (state.status === 'failed') return `failed: ${state.failure.code}`;
  return state.status === 'done' && state.cut ? 'cut' : state.status;
}

/** What `parseFiledJob` takes, where the words are such as we write; it looks at them once more. */
export function jobOfPlain({ id, time, page, image, preset, prompt, turns }: PlainJob): unknown {
  const createdAt = Date.parse(time);
  return {
    id,
    createdAt,
    image: {
      ...(page === '' ? { kind: 'file', name: image } : { kind: 'element' }),
      srcUrl: page === '' ? '' : image,
      documentUrl: page,
      pageUrl: page,
      frameId: 0,
    },
    preset: { id: PRESET_ID, name: preset, prompt },
    turns: turns.map(({ question, answers }) => ({
      ...(question === '' ? {} : { question }),
      answers: answers.map((answer) => ({
        maxTokens: DEFAULT_MAX_TOKENS,
        state: stateOf(answer, createdAt),
      })),
    })),
  };
}

function stateOf(plain: PlainAnswer, at: number): unknown {
  const { state, answer: text, model, server: host } = plain;
  const route = routeFrom(plain.route);
  const sent = { route, host, model };
  if (state === 'done' || state === 'cut') {
    const times = { startedAt: at, firstWordAt: at, finishedAt: at };
    return { status: 'done', text, ...times, sent, model, cut: state === 'cut', ...usageOf(plain) };
  }
  const partial = { text, ...(route === '' ? {} : { sent }) };
  if (state === 'stopped') return { status: 'stopped', ...partial };
  const code = errorCodeFrom(/^failed: (\w+)$/.exec(state)?.[1]);
  return { status: 'failed', failure: { code }, ...partial };
}

function usageOf({ tokensIn, tokensOut, cost }: PlainAnswer): object {
  if (!isNumber(tokensIn) || !isNumber(tokensOut)) return {};
  const price = isNumber(cost) ? { cost: Number(cost) } : {};
  return { usage: { inputTokens: Number(tokensIn), outputTokens: Number(tokensOut), ...price } };
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
