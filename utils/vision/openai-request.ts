/** The body of a Chat Completions request, and what to leave out when a server does not know it. */
import { APIError } from 'openai/core/error';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ProviderKind } from './catalog';
import type { VisionRequest } from './provider';

type Body = ChatCompletionCreateParamsStreaming;

/** The request for a question about images. The instructions stand apart from everything else. */
export function bodyFor(request: VisionRequest, kind: ProviderKind): Body {
  const { model, instructions, prompt, images, maxTokens } = request;
  const rule = kind.modelFields.find(({ match }) => match.test(model));
  return {
    model,
    messages: [
      { role: 'system', content: instructions },
      {
        role: 'user',
        content: [
          { type: 'text', text: prompt },
          ...images.map(({ url }) => ({
            type: 'image_url' as const,
            image_url: kind.imageDetail ? { url, detail: kind.imageDetail } : { url },
          })),
        ],
      },
    ],
    stream: true,
    stream_options: { include_usage: true },
    [kind.limitField]: maxTokens,
    ...rule?.fields,
  };
}

/** Fields a server may not know, and the name it may know instead. */
const OPTIONAL_FIELDS: readonly { name: keyof Body; instead?: keyof Body }[] = [
  { name: 'max_completion_tokens', instead: 'max_tokens' },
  { name: 'max_tokens', instead: 'max_completion_tokens' },
  { name: 'stream_options' },
  { name: 'reasoning_effort' },
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
  const words = `${error.param ?? ''} ${error.message}`;
  const field = OPTIONAL_FIELDS.find(
    ({ name }) => name in body && !refused.has(name) && words.includes(name),
  );
  if (!field) return undefined;
  refused.add(field.name);
  const { [field.name]: value, ...rest } = body;
  if (!field.instead || refused.has(field.instead)) return rest as Body;
  return { ...rest, [field.instead]: value } as Body;
}
