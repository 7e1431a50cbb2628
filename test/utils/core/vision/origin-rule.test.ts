import { expect, it } from 'vitest';
import type { Connection } from '../../../../utils/core/vision/connection';
import { originRulesFor } from '../../../../utils/core/vision/origin-rule';

const at = (provider: Connection['provider'], baseUrl: string): Connection => ({
  id: baseUrl,
  provider,
  baseUrl,
  model: 'm',
});

it('changes our own requests to such a server alone, port and all', () => {
  const rules = originRulesFor(
    [
      at('openai', 'https://api.openai.com/v1'),
      at('ollama', 'http://localhost:11434/v1'),
      at('ollama', 'http://localhost:11434/other/v1'),
      at('ollama', 'http://192.168.1.5:11434/v1'),
      at('lmstudio', 'http://localhost:1234/v1'),
    ],
    'our-id',
  );
  expect(rules.map(({ id, condition }) => [id, condition.urlFilter])).toEqual([
    [1, '|http://localhost:11434/'],
    [2, '|http://192.168.1.5:11434/'],
  ]);
  for (const { action, condition } of rules) {
    expect(action.requestHeaders).toEqual([{ header: 'origin', operation: 'remove' }]);
    expect(condition.initiatorDomains).toEqual(['our-id']);
  }
});

it('is none where no connection needs one', () => {
  expect(originRulesFor([at('openai', 'https://api.openai.com/v1')], 'our-id')).toEqual([]);
  expect(originRulesFor([], 'our-id')).toEqual([]);
});
