/** The OpenAI protocol (Chat Completions, streamed), and the only user of the `openai` SDK. */
import { APIError } from 'openai/core/error';
import { Stream } from 'openai/core/streaming';
import * as v from 'valibot';
import { AppError } from '../errors';
import type { Usage } from '../jobs/job';
import type { KeyHeader, ProviderKind } from './catalog';
import { isOwnMachine, kindOf, type Connection } from './connection';
import { listModels } from './model-list';
import { lostCode, translateError } from './openai-errors';
import { bodyFor, withoutRefusedField } from './openai-request';
import type { OfferedModel, VisionEvent, VisionProvider, VisionRequest } from './provider';
import { startSilenceTimer } from './silence';

interface Options {
  connection: Connection;
  key: string | undefined;
  /** For tests; the global one otherwise. */
  fetch?: typeof fetch;
}

/** What a server counts. What it says of the cost stands in a field of its own (`cost` in its row). */
const usageSchema = v.looseObject({
  prompt_tokens: v.number(),
  completion_tokens: v.number(),
  total_tokens: v.nullish(v.number()),
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
 * The SDK's client is left out on purpose: whole, it adds 390 kB to a worker whose start is on the
 * way from a click to the answer (docs/ARCHITECTURE.md has the figures). Its stream decoder and
 * its errors are what the protocol needs.
 */
export function createOpenAiProvider({
  connection,
  key,
  fetch = globalThis.fetch,
}: Options): VisionProvider {
  const kind = kindOf(connection);
  const local = isOwnMachine(connection);
  const translate = (error: unknown) => translateError(error, { key, local });

  /** @param path relative to the address of the connection; from its root where it begins so. */
  async function request(
    path: string,
    init: RequestInit,
    keyHeader: KeyHeader = kind.keyHeader,
  ): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json', ...kind.headers });
    if (key) headers.set(keyHeader, keyHeader === 'authorization' ? `Bearer ${key}` : key);
    // The person's cookies for the server's site are none of this request's business.
    const options: RequestInit = {
      ...init,
      headers,
      credentials: 'omit',
      // Browsers take `Authorization` off a request that is sent on to another host, and no other
      // header that holds a key.
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    };
    const response = await fetch(String(new URL(path, `${connection.baseUrl}/`)), options);
    if (response.ok) return response;
    const words = await response.text();
    throw APIError.generate(
      response.status,
      errorOf(parseJson(words)),
      words.slice(0, 500),
      response.headers,
    );
  }

  async function askJson(path: string, body: object | undefined, signal: AbortSignal) {
    const asked = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const response = await request(path, { ...asked, signal }, kind.listing.keyHeader);
    return parseJson(await response.text());
  }

  /** Asks, and once more for each optional field that the server says it does not know. */
  async function complete(vision: VisionRequest, signal: AbortSignal): Promise<Response> {
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
    const signals = AbortSignal.any([signal, controller.signal, silence.signal]);
    let begun = false;
    try {
      const response = await complete(vision, signals);
      begun = true;
      const streamed = !isWhole(response);
      let end: (VisionEvent & { type: 'end' }) | undefined;
      let finishReason: string | undefined;
      for await (const chunk of chunksOf(response, controller)) {
        signals.throwIfAborted();
        silence.restart();
        const choice = chunk.choices?.[0];
        if (choice?.delta?.refusal)
          throw new AppError('contentRefused', { serverWords: choice.delta.refusal });
        const text = choice?.delta?.content ?? choice?.message?.content;
        if (text) yield { type: 'words', text };
        finishReason = choice?.finish_reason ?? finishReason;
        end = endOf(chunk, { soFar: end, askedModel: vision.model, finishReason, kind, streamed });
      }
      // An abort ends the loop without an error, and so does a connection that was cut.
      signals.throwIfAborted();
      if (finishReason === 'content_filter') throw new AppError('contentRefused');
      if (!end || !finishReason) throw new AppError('answerBroken');
      yield end;
    } catch (error) {
      signal.throwIfAborted();
      if (silence.signal.aborted) throw silence.signal.reason;
      // What `fetch` throws when the connection is reset in mid-stream.
      if (begun && error instanceof TypeError) throw new AppError('answerBroken');
      throw translate(error);
    } finally {
      silence.stop();
      controller.abort();
    }
  }

  async function models(signal: AbortSignal): Promise<OfferedModel[]> {
    try {
      return await listModels(kind, (path, body) => askJson(path, body, signal));
    } catch (error) {
      signal.throwIfAborted();
      throw translate(error);
    }
  }

  return { describe, listModels: models };
}

/** The chunks of an answer, whether the server streams or answers in one piece. */
async function* chunksOf(response: Response, controller: AbortController) {
  const type = response.headers.get('content-type') ?? '';
  // A sign-in page of a hotel network, or the front page of a wrong address.
  if (type.includes('html')) throw new AppError('answerMalformed');
  const chunks = isWhole(response)
    ? [wholeAnswer(await response.text())]
    : Stream.fromSSEResponse<unknown>(response, controller);
  for await (const chunk of chunks) {
    const parsed = v.safeParse(chunkSchema, chunk);
    if (!parsed.success) throw new AppError('answerMalformed');
    yield parsed.output;
  }
}

/** Whether a server answers in one piece where it was asked to stream. */
function isWhole(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').includes('application/json');
}

function wholeAnswer(words: string): unknown {
  const answer = parseJson(words);
  const error = v.safeParse(v.object({ error: v.record(v.string(), v.unknown()) }), answer);
  if (error.success) throw new APIError(undefined, error.output.error, undefined, undefined);
  return answer;
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
  const said = cost && counted[cost.field];
  return {
    inputTokens,
    // Some servers (Google, xAI) leave the tokens of thinking out of the one and in the other.
    outputTokens: Math.max(answered, (total ?? 0) - inputTokens),
    ...(cost && typeof said === 'number' ? { cost: said / cost.perDollar } : {}),
  };
}

/** Google puts its error into a list. */
function errorOf(answer: unknown): object | undefined {
  const first: unknown = Array.isArray(answer) ? answer[0] : answer;
  return typeof first === 'object' && first !== null ? first : undefined;
}

/** The JSON in a text, or `undefined` where it is none. */
function parseJson(words: string): object | undefined {
  try {
    const value: unknown = JSON.parse(words);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
