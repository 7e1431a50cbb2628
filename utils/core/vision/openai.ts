/** The OpenAI protocol (Chat Completions, streamed), and the only user of the `openai` SDK. */
import { APIError } from 'openai/core/error';
import { _iterSSEMessages as sseMessages } from 'openai/core/streaming';
import * as v from 'valibot';
import { AppError } from '../errors';
import type { Usage } from '../jobs/answer-state';
import type { KeyHeader, ProviderKind } from './provider-kind';
import type { Connection } from './connection';
import { isOwnMachine, kindOf } from './connection-kind';
import { listModels } from './model-list';
import { lostCode, plain, translateError } from './openai-errors';
import { bodyFor, withoutRefusedField } from './openai-request';
import type { OfferedModel, VisionEvent, VisionProvider, VisionRequest } from './provider';
import {
  beginningOf,
  fetchFromServer,
  NetworkFailure,
  textOf,
  withEventLimit,
  type ServerAnswer,
  type ServerRequest,
} from './server-fetch';
import { startSilenceTimer } from './silence';
import { keyRemover, type KeyRemover } from './without-key';

/** Of a refusal, in characters. What is cut is no JSON any more. */
const MAX_REFUSAL_LENGTH = 100_000;
/** Of a refusal that is no JSON; its other end is of no use to anybody. */
const MAX_WORDS = 500;

/** What a header can hold, but for signs beyond ASCII, which no key has. */
const CAN_BE_SENT = /^[\x20-\x7e]*$/;

interface Options {
  connection: Connection;
  key: string | undefined;
  /** Resolves when requests may go out. */
  ready?: () => Promise<void>;
  /** For tests; the global one otherwise. */
  fetch?: typeof fetch;
}

/** More than any model takes at once, and than any answer costs in dollars: no count of an answer. */
const MAX_TOKENS = 100_000_000;
const MAX_COST = 10_000;

const tokensSchema = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MAX_TOKENS));
const costSchema = (perDollar: number) =>
  v.pipe(
    v.number(),
    v.transform((cost) => cost / perDollar),
    v.finite(),
    v.minValue(0),
    v.maxValue(MAX_COST),
  );

/**
 * What a server counts; a number that cannot be one counts as not given. What it says of the cost
 * stands in a field of its own (`cost` in its row).
 */
const usageSchema = v.looseObject({
  prompt_tokens: tokensSchema,
  completion_tokens: tokensSchema,
  total_tokens: v.fallback(v.nullish(tokensSchema), undefined),
});

/** What we read of a chunk. Servers add fields of their own; those pass unread. */
const chunkSchema = v.object({
  model: v.nullish(v.string()),
  choices: v.nullish(
    v.array(
      v.object({
        delta: v.nullish(
          v.object({ content: v.nullish(v.string()), refusal: v.nullish(v.string()) }),
        ),
        // A server that does not stream answers with a whole message.
        message: v.nullish(v.object({ content: v.nullish(v.string()) })),
        finish_reason: v.nullish(v.string()),
      }),
    ),
  ),
  usage: v.fallback(v.nullish(usageSchema), undefined),
});

/**
 * A provider for any server that speaks the OpenAI protocol.
 *
 * The SDK's client is left out on purpose: it would slow the start of a worker that is on the way
 * from a click to the answer (docs/decisions/0001-own-fetch.md has the figures). Its stream decoder
 * and its errors are what the protocol needs.
 */
export function createOpenAiProvider({
  connection,
  key,
  ready,
  fetch: send,
}: Options): VisionProvider {
  const kind = kindOf(connection);
  const remover = keyRemover(key);
  const local = isOwnMachine(connection);
  const translate = (error: unknown) => translateError(error, { key, local });

  /** @param path relative to the address of the connection; from its root where it begins so. */
  async function request(
    path: string,
    asked: ServerRequest,
    keyHeader: KeyHeader = kind.keyHeader,
  ): Promise<ServerAnswer> {
    const headers = new Headers({ 'content-type': 'application/json', ...kind.headers });
    // `Headers` says no more of it than a network that is gone, or repeats the key.
    if (key && !CAN_BE_SENT.test(key)) throw new AppError('keyMalformed');
    if (key) headers.set(keyHeader, keyHeader === 'authorization' ? `Bearer ${key}` : key);
    await ready?.();
    const url = String(new URL(path, `${connection.baseUrl}/`));
    const answer = await fetchFromServer(url, { ...asked, headers }, send);
    if (answer.status < 300) return answer;
    // A refusal that breaks off is a refusal all the same.
    const words = await beginningOf(answer, MAX_REFUSAL_LENGTH).catch((error: unknown) => {
      if (error instanceof NetworkFailure) return '';
      throw error;
    });
    const said = remover.from(words.slice(0, MAX_WORDS));
    throw APIError.generate(answer.status, errorOf(remover.parse(words)), said, answer.headers);
  }

  /** @throws {AppError} */
  async function askJson(path: string, body: object | undefined, signal: AbortSignal) {
    const asked = body ? { method: 'POST' as const, body: JSON.stringify(body) } : {};
    try {
      const answer = await request(path, { ...asked, signal }, kind.listing.keyHeader);
      return remover.parse(await textOf(answer));
    } catch (error) {
      signal.throwIfAborted();
      throw translate(error);
    }
  }

  /** Asks, and once more for each optional field that the server says it does not know. */
  async function complete(vision: VisionRequest, signal: AbortSignal): Promise<ServerAnswer> {
    const refused = new Set<string>();
    let body = bodyFor(vision, kind);
    for (;;) {
      try {
        return await request('chat/completions', {
          method: 'POST',
          body: JSON.stringify(body),
          signal,
        });
      } catch (error) {
        const lesser = withoutRefusedField(body, error, refused);
        if (!lesser) throw error;
        body = lesser;
      }
    }
  }

  async function* describe(
    vision: VisionRequest,
    signal: AbortSignal,
  ): AsyncGenerator<VisionEvent> {
    const controller = new AbortController();
    const silence = startSilenceTimer(
      kind.firstWordSeconds * 1000,
      () => lostCode({ local }) === 'offline',
    );
    const ended = AbortSignal.any([signal, silence.signal]);
    const said = remover.stream();
    try {
      const answer = await complete(vision, AbortSignal.any([ended, controller.signal]));
      const streamed = !isWhole(answer);
      let end: (VisionEvent & { type: 'end' }) | undefined;
      let finishReason: string | undefined;
      for await (const chunk of chunksOf(answer, remover, controller)) {
        ended.throwIfAborted();
        silence.restart();
        const choice = chunk.choices?.[0];
        if (choice?.delta?.refusal)
          throw new AppError('contentRefused', { serverWords: choice.delta.refusal });
        const text = said.add(choice?.delta?.content ?? choice?.message?.content ?? '');
        if (text) yield { type: 'words', text };
        finishReason = choice?.finish_reason ?? finishReason;
        end = endOf(chunk, { soFar: end, askedModel: vision.model, finishReason, kind, streamed });
      }
      // An abort ends the loop without an error, and so does a connection that was cut.
      ended.throwIfAborted();
      if (finishReason === 'content_filter') throw new AppError('contentRefused');
      if (!end || !finishReason) throw new AppError('answerBroken');
      const rest = said.end();
      if (rest) yield { type: 'words', text: rest };
      yield end;
    } catch (error) {
      signal.throwIfAborted();
      const rest = said.end();
      if (rest) yield { type: 'words', text: rest };
      if (silence.signal.aborted) throw silence.signal.reason;
      throw translate(error);
    } finally {
      silence.stop();
      controller.abort();
    }
  }

  async function models(signal: AbortSignal): Promise<OfferedModel[]> {
    return await listModels(kind, (path, body) => askJson(path, body, signal));
  }

  return { describe, listModels: models };
}

/** The chunks of an answer, whether the server streams or answers in one piece. */
async function* chunksOf(answer: ServerAnswer, remover: KeyRemover, controller: AbortController) {
  const { headers, body } = answer;
  const type = headers.get('content-type') ?? '';
  // A sign-in page of a hotel network, or the front page of a wrong address.
  if (type.includes('html')) throw new AppError('answerMalformed');
  if (!body) throw new AppError('answerBroken');
  // Not the SDK's `Stream`, which prints to the console what it cannot parse.
  const events = isWhole(answer)
    ? [{ data: await textOf(answer), event: null }]
    : sseMessages(new Response(withEventLimit(body)), controller);
  for await (const { data, event } of events) {
    // Whatever comes after it, be it the end of the connection, is no part of the answer.
    if (data === '[DONE]') return controller.abort();
    if (data === '') continue;
    const said = remover.parseChunk(data);
    if (errorOfEvent(said, event)) {
      // What stands as `content` there is no piece of an answer.
      const error = errorOfEvent(remover.parse(data), event);
      throw new APIError(undefined, asObject(error), undefined, headers);
    }
    const parsed = v.safeParse(chunkSchema, said);
    if (!parsed.success) throw new AppError('answerMalformed');
    yield parsed.output;
  }
}

/** Whether a server answers in one piece where it was asked to stream. */
function isWhole({ headers }: ServerAnswer): boolean {
  return (headers.get('content-type') ?? '').includes('application/json');
}

interface Ending {
  soFar: (VisionEvent & { type: 'end' }) | undefined;
  askedModel: string;
  finishReason: string | undefined;
  kind: ProviderKind;
  streamed: boolean;
}

function endOf(
  chunk: v.InferOutput<typeof chunkSchema>,
  { soFar, askedModel, finishReason, kind, streamed }: Ending,
): VisionEvent & { type: 'end' } {
  return {
    ...soFar,
    type: 'end',
    // Some servers leave it empty in some chunks.
    model: [chunk.model, soFar?.model].find(Boolean) ?? askedModel,
    cut: finishReason === 'length',
    streamed,
    ...(chunk.usage ? { usage: usageOf(chunk.usage, kind) } : {}),
  };
}

function usageOf(counted: v.InferOutput<typeof usageSchema>, { cost }: ProviderKind): Usage {
  const { prompt_tokens: inputTokens, completion_tokens: answered, total_tokens: total } = counted;
  const said = cost && v.safeParse(costSchema(cost.perDollar), counted[cost.field]);
  return {
    inputTokens,
    // Some servers (Google, xAI) leave the tokens of thinking out of the one and in the other.
    outputTokens: Math.max(answered, (total ?? 0) - inputTokens),
    ...(said?.success ? { cost: said.output } : {}),
  };
}

/** Google puts its error into a list. */
function errorOf(answer: unknown): object | undefined {
  const first: unknown = Array.isArray(answer) ? answer[0] : answer;
  return typeof first === 'object' && first !== null ? first : undefined;
}

function errorOfEvent(said: unknown, event: string | null): unknown {
  return errorIn(said) ?? (event === 'error' ? said : undefined);
}

/** The error in an answer that began as a good one. */
function errorIn(answer: unknown): unknown {
  const parsed = v.safeParse(v.object({ error: v.unknown() }), answer);
  const error = parsed.success ? parsed.output.error : undefined;
  // Some servers send an empty one with each chunk.
  return error === '' || error === null || error === false ? undefined : error;
}

function asObject(error: unknown): object {
  return typeof error === 'object' && error !== null ? error : { message: plain(error) };
}
