import { expect, it } from 'vitest';
import {
  askTestQuestion,
  maxMsFor,
} from '../../../../entrypoints/background/connections/test-answer';
import type { VisionEvent } from '../../../../utils/core/vision/provider';
import { connection } from '../../../fixtures/openai-server';

const { signal } = new AbortController();

it('an answer without an end is cut off, and its server is left', async () => {
  let said = 0;
  let left = false;
  async function* describe(): AsyncGenerator<VisionEvent> {
    try {
      while (said < 100_000) {
        said += 100;
        yield await Promise.resolve({ type: 'words', text: 'Round red '.repeat(10) });
      }
    } finally {
      left = true;
    }
  }
  const provider = { describe, listModels: () => Promise.resolve([]) };
  const { answer } = await askTestQuestion({ connection, provider }, 'data:image/png;,', signal);
  expect(answer).toHaveLength(200);
  expect(said).toBeLessThan(11_000);
  expect(left).toBe(true);
});

it('is waited for a minute longer than for its first word', () => {
  expect(maxMsFor({ ...connection, firstWordSeconds: 30 })).toBe(90_000);
});
