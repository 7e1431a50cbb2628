/** The OpenAI protocol (Chat Completions, streamed), and the only user of the `openai` SDK. */
import { APIError } from 'openai/core/error';
import { Stream } from 'openai/core/streaming';
import * as v from 'valibot';
import { AppError } from '../errors';
import { kindOf, type Connection } from './connection';
import { translateError } from './openai-errors';
import { bodyFor, withoutRefusedField } from './openai-request';
import type { OfferedModel, VisionEvent, VisionProvider, VisionRequest } from './provider';
import { startSilenceTimer } from './silence';

interface Options {
  connection: Connection;
  key: string | undefined;
  /** For tests; the global one otherwise. */
  fetch?: typeof fetch;
}

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
  usage: v.fallback(
    v.nullish(
      v.object({
        prompt_tokens: v.number(),
        completion_tokens: v.number(),
        cost: v.nullish(v.number()),
      }),
    ),
    undefined,
  ),
});

const modelListSchema = v.object({
  data: v.array(
    v.object({
      id: v.string(),
      // OpenRouter's way of saying what a model takes.
      architecture: v.nullish(v.object({ input_modalities: v.nullish(v.array(v.string())) })),
    }),
  ),
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
  const translate = (error: unknown) => translateError(error, { key, kind });

  async function request(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (key) headers.set('authorization', `Bearer ${key}`);
    // The person's cookies for the server's site are none of this request's business.
    const options: RequestInit = {
      ...init,
      headers,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    };
    const response = await fetch(`${connection.baseUrl}${path}`, options);
    if (response.ok) return response;
    const words = await response.text();
    throw APIError.generate(
      response.status,
      parseJson(words),
      words.slice(0, 500),
      response.headers,
    );
  }

  /** Asks, and once more for each optional field that the server says it does not know. */
  async function complete(vision: VisionRequest, signal: AbortSignal): Promise<Response> {
    const refused = new Set<string>();
    let body = bodyFor(vision, kind);
    for (;;) {
      try {
        return await request('/chat/completions', {
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
    const silence = startSilenceTimer(kind.firstWordSeconds * 1000);
    const signals = AbortSignal.any([signal, controller.signal, silence.signal]);
    let begun = false;
    try {
      const response = await complete(vision, signals);
      begun = true;
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
        end = endOf(chunk, end, vision.model, finishReason);
      }
      // An abort ends the loop without an error, and so does a connection that was cut.
      signals.throwIfAborted();
      if (finishReason === 'content_filter') throw new AppError('contentRefused');
      if (!end || !finishReason) throw new AppError('answerBroken');
      yield end;
    } catch (error) {
      signal.throwIfAborted();
      if (silence.signal.aborted) throw new AppError('timedOut');
      // What `fetch` throws when the connection is reset in mid-stream.
      if (begun && error instanceof TypeError) throw new AppError('answerBroken');
      throw translate(error);
    } finally {
      silence.stop();
      controller.abort();
    }
  }

  async function listModels(signal: AbortSignal): Promise<OfferedModel[]> {
    try {
      const response = await request('/models', { signal });
      const parsed = v.safeParse(modelListSchema, parseJson(await response.text()));
      if (!parsed.success) throw new AppError('answerMalformed');
      return parsed.output.data.map(({ id, architecture }) => {
        const takes = architecture?.input_modalities;
        return takes ? { id, vision: takes.includes('image') } : { id };
      });
    } catch (error) {
      signal.throwIfAborted();
      throw translate(error);
    }
  }

  return { describe, listModels };
}

/** The chunks of an answer, whether the server streams or answers in one piece. */
async function* chunksOf(response: Response, controller: AbortController) {
  const type = response.headers.get('content-type') ?? '';
  // A sign-in page of a hotel network, or the front page of a wrong address.
  if (type.includes('html')) throw new AppError('answerMalformed');
  const chunks = type.includes('application/json')
    ? [wholeAnswer(await response.text())]
    : Stream.fromSSEResponse<unknown>(response, controller);
  for await (const chunk of chunks) {
    const parsed = v.safeParse(chunkSchema, chunk);
    if (!parsed.success) throw new AppError('answerMalformed');
    yield parsed.output;
  }
}

function wholeAnswer(words: string): unknown {
  const answer = parseJson(words);
  const error = v.safeParse(v.object({ error: v.record(v.string(), v.unknown()) }), answer);
  if (error.success) throw new APIError(undefined, error.output.error, undefined, undefined);
  return answer;
}

function endOf(
  chunk: v.InferOutput<typeof chunkSchema>,
  soFar: (VisionEvent & { type: 'end' }) | undefined,
  askedModel: string,
  finishReason: string | undefined,
): VisionEvent & { type: 'end' } {
  const { usage } = chunk;
  const counted = usage && {
    usage: {
      inputTokens: usage.prompt_tokens,
      outputTokens: usage.completion_tokens,
      ...(usage.cost == null ? {} : { cost: usage.cost }),
    },
  };
  return {
    ...soFar,
    type: 'end',
    // Some servers leave it empty in some chunks.
    model: [chunk.model, soFar?.model].find(Boolean) ?? askedModel,
    cut: finishReason === 'length',
    ...counted,
  };
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
