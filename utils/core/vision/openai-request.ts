/** The body of a Chat Completions request, and what to leave out when a server does not know it. */
import { APIError } from 'openai/core/error';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { effortsOf, type ProviderKind } from './provider-kind';
import type { Detail } from '../prompts/preset';
import { plain } from './openai-errors';
import type { VisionMessage, VisionRequest } from './provider';

type Body = ChatCompletionCreateParamsStreaming;

/**
 * The request for a question about images. The instructions are kept apart from everything else.
 */
export function bodyFor(request: VisionRequest, kind: ProviderKind): Body {
  const { model, instructions, messages, maxTokens, detail, effort, resumeFrom } = request;
  const rule = kind.modelFields.find(({ match }) => match.test(model));
  const look = kind.imageDetail && (detail ?? kind.imageDetail);
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      ...messages.map((message) => wireMessage(message, look)),
      ...(resumeFrom === undefined ? [] : [partMessage(resumeFrom, kind)]),
    ],
    stream: true,
    ...(kind.usage === 'asked' ? { stream_options: { include_usage: true } } : {}),
    ...(kind.temperature === undefined ? {} : { temperature: kind.temperature }),
    [kind.limitField]: maxTokens,
    ...rule?.fields,
    ...(resumeFrom === undefined ? {} : kind.resume?.body),
    ...(effort && effortsOf(kind, model).includes(effort) ? { reasoning_effort: effort } : {}),
  };
}

/** The partial answer that the model is to resume. */
function partMessage(text: string, { resume }: ProviderKind): Body['messages'][number] {
  return { role: 'assistant', content: text, ...resume?.message };
}

function wireMessage(message: VisionMessage, detail: Detail | undefined): Body['messages'][number] {
  if (message.role === 'assistant') return { role: 'assistant', content: message.text };
  const content = message.parts.map((part) =>
    part.type === 'text'
      ? part
      : {
          type: 'image_url' as const,
          image_url: detail ? { url: part.url, detail } : { url: part.url },
        },
  );
  return { role: 'user', content };
}

/** Fields a server may not know, and the name it may know instead. */
const OPTIONAL_FIELDS: readonly { name: keyof Body; instead?: keyof Body; also?: string }[] = [
  { name: 'max_completion_tokens', instead: 'max_tokens' },
  { name: 'max_tokens', instead: 'max_completion_tokens' },
  { name: 'stream_options' },
  { name: 'temperature' },
  // Ollama: "… does not support thinking".
  { name: 'reasoning_effort', also: 'thinking' },
];

/**
 * The same request without the optional field that a refusal names, or `undefined` when the refusal
 * is about something else. Each field is given up once: `refused` remembers them.
 */
export function withoutRefusedField(
  body: Body,
  error: unknown,
  refused: Set<string>,
): Body | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422))
    return undefined;
  const words = `${plain(error.param)} ${error.message}`;
  const field = OPTIONAL_FIELDS.find(
    ({ name, also }) =>
      name in body &&
      !refused.has(name) &&
      (words.includes(name) || (also !== undefined && words.includes(also))),
  );
  if (!field) return undefined;
  refused.add(field.name);
  const { [field.name]: value, ...rest } = body;
  if (!field.instead || refused.has(field.instead)) return rest as Body;
  return { ...rest, [field.instead]: value } as Body;
}
