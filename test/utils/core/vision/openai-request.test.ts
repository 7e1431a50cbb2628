import { describe, expect, it } from 'vitest';
import { providerKind } from '../../../../utils/core/vision/providers';
import {
  supportsResume,
  SERVER_IDS,
  type ProviderId,
  type ServerId,
} from '../../../../utils/core/vision/provider-kind';
import { bodyFor } from '../../../../utils/core/vision/openai-request';
import { request } from '../../../fixtures/openai-server';

const PART = 'A brown dog';
const CONTINUES = { continue_final_message: true, add_generation_prompt: false };

/** What each kind of server is sent besides what it is sent for a question. */
function resumeWith(id: ProviderId, model = 'm') {
  const question = { ...request, model };
  const { messages: asked, ...plain } = bodyFor(question, providerKind(id));
  const { messages, ...body } = bodyFor({ ...question, resumeFrom: PART }, providerKind(id));
  expect(messages.slice(0, -1)).toEqual(asked);
  expect(body).toMatchObject(plain);
  const more = Object.fromEntries(Object.entries(body).filter(([name]) => !(name in plain)));
  return { last: messages.at(-1), more };
}

describe('an answer that goes on', () => {
  it.each<[ServerId, object, object]>([
    ['mistral', { prefix: true }, {}],
    ['vllm', {}, CONTINUES],
    ['llamacpp', {}, CONTINUES],
    ['ollama', {}, {}],
    ['openrouter', {}, {}],
    ['anthropic', {}, {}],
  ])('is asked for after its part, as %s takes it', (id, message, body) => {
    expect(resumeWith(id)).toEqual({
      last: { role: 'assistant', content: PART, ...message },
      more: body,
    });
  });

  it('changes nothing of a question that has no part', () => {
    const plain = bodyFor(request, providerKind('vllm'));
    expect(plain).not.toHaveProperty('continue_final_message');
    expect(plain.messages).toHaveLength(2);
  });
});

describe('which models go on', () => {
  it.each<[ProviderId, string, boolean]>([
    ['mistral', 'mistral-small-latest', true],
    ['vllm', 'Qwen/Qwen3-VL-8B', true],
    ['llamacpp', 'gemma-3', true],
    ['ollama', 'qwen3-vl:8b', true],
    ['openrouter', 'qwen/qwen3-vl-8b', true],
    ['openrouter', 'mistralai/mistral-small', true],
    ['openrouter', 'openai/gpt-6-luna', false],
    ['openrouter', 'anthropic/claude-sonnet-4-5', false],
    ['openrouter', 'google/gemini-3-flash', false],
    ['openrouter', 'x-ai/grok-4', false],
    ['anthropic', 'claude-3-5-haiku-20241022', true],
    ['anthropic', 'claude-3-haiku-20240307', true],
    ['anthropic', 'claude-sonnet-4-20250514', true],
    ['anthropic', 'claude-opus-4-1-20250805', true],
    ['anthropic', 'claude-haiku-4-5', true],
    ['anthropic', 'claude-opus-4-6', false],
    ['anthropic', 'claude-sonnet-4-6-20260217', false],
    ['anthropic', 'claude-haiku-5', false],
    ['openai', 'gpt-6-luna', false],
    ['chromeModel', 'gemini-nano', false],
  ])('%s: %s', (id, model, may) => {
    expect(supportsResume(providerKind(id), model)).toBe(may);
  });

  it('are those of six kinds of server', () => {
    const may = SERVER_IDS.filter((id) => providerKind(id).resume);
    expect(may).toEqual(['anthropic', 'openrouter', 'mistral', 'ollama', 'llamacpp', 'vllm']);
  });
});
