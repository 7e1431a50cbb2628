import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../../utils/core/vision/connection';
import { priceOf, withCost } from '../../../../utils/core/vision/cost';
import { knownModel, retirementOf } from '../../../../utils/core/vision/known-models';
import { replacementFor } from '../../../../utils/core/vision/replacement';

const FILE = new URL('../../../../utils/core/vision/known-models.json', import.meta.url);
const OPENAI: Connection = {
  id: 'o',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
};

describe('the table of known models', () => {
  it('stays under 20 kB, and says where it is from', () => {
    expect(statSync(FILE).size).toBeLessThan(20_000);
    const { source } = JSON.parse(readFileSync(FILE, 'utf8')) as { source: string };
    expect(source).toMatch(/^@earendil-works\/pi-ai \d+\.\d+\.\d+$/);
  });

  it('is as its script wrote it: new prices come from there', () => {
    const { models, sha256 } = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;
    const words = JSON.stringify(models);
    expect(createHash('sha256').update(words).digest('hex')).toBe(sha256);
  });

  it.each([
    ['openai', 'gpt-6-luna', { input: 0.1, output: 0.5 }],
    ['azure', 'gpt-6-luna', { input: 0.1, output: 0.5 }],
    ['openai', 'gpt-4o-mini-2024-07-18', { input: 0.15, output: 0.6 }],
    ['anthropic', 'claude-haiku-4-5-20251001', { input: 1, output: 5 }],
    ['groq', 'gpt-6-luna', undefined],
    ['custom', 'gpt-6-luna', undefined],
  ] as const)('%s, %s', (provider, model, price) => {
    expect(knownModel(provider, model)?.price).toEqual(price);
  });

  it('knows which models end', () => {
    expect(retirementOf('openai', 'gpt-4o-2024-08-06')).toMatchObject({ retires: '2027-01-14' });
    expect(retirementOf('openai', 'gpt-5-mini')).toMatchObject({ retires: '2026-12-11' });
    expect(retirementOf('openai', 'gpt-5.4-mini')).toBeUndefined();
    expect(retirementOf('ollama', 'gpt-4o')).toBeUndefined();
  });
});

describe('what an answer costs', () => {
  const usage = { inputTokens: 2_000_000, outputTokens: 1_000_000 };

  it('is as the server says, else by the price that is known', () => {
    const price = priceOf(OPENAI, 'gpt-6-luna');
    expect(withCost(usage, price)).toEqual({ ...usage, cost: 0.7, estimated: true });
    expect(withCost({ ...usage, cost: 0.5 }, price)).toEqual({ ...usage, cost: 0.5 });
    expect(withCost(usage, undefined)).toEqual(usage);
  });

  it('is by the price of the list it was chosen from, for that model alone', () => {
    const price = { input: 9, output: 9 };
    const chosen = { ...OPENAI, price };
    expect(priceOf(chosen, 'gpt-6-luna')).toEqual(price);
    expect(priceOf(chosen, 'gpt-6-sol')).toEqual({ input: 2, output: 10 });
  });

  it('is nothing on the own machine', () => {
    const local = { ...OPENAI, provider: 'ollama' as const };
    expect(withCost(usage, priceOf(local, 'qwen3-vl'))).toEqual(usage);
  });
});

describe('a model in place of one that is gone', () => {
  const gone = (model: string, provider: Connection['provider'] = 'openai') => ({
    ...OPENAI,
    provider,
    model,
  });

  it('is the one that its maker names', () => {
    const listed = [{ id: 'pixtral' }, { id: 'mistral-small-latest' }];
    const named = [{ id: 'old', replacement: 'pixtral' }, ...listed];
    expect(replacementFor(gone('old', 'mistral'), named)).toBe('pixtral');
    expect(replacementFor(gone('gpt-4o'), [{ id: 'gpt-5.5' }, { id: 'gpt-6-luna' }])).toBe(
      'gpt-6-luna',
    );
  });

  it('else a suggested one, else the one most alike, never a blind one', () => {
    expect(
      replacementFor(gone('x', 'mistral'), [{ id: 'a' }, { id: 'mistral-small-latest' }]),
    ).toBe('mistral-small-latest');
    const alike = [{ id: 'llama' }, { id: 'qwen2.5-vl' }, { id: 'qwen3', vision: false }];
    expect(replacementFor(gone('qwen3-vl', 'custom'), alike)).toBe('qwen2.5-vl');
    expect(replacementFor(gone('x', 'custom'), [{ id: 'y', vision: false }])).toBeUndefined();
    expect(replacementFor(gone('x', 'custom'), [])).toBeUndefined();
  });
});

it('knows nothing of a model that is called like a part of every object', () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty']) {
    expect(knownModel('openai', name)).toBeUndefined();
  }
});
