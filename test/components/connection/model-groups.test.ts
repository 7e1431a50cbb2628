import { describe, expect, it } from 'vitest';
import { firstModel, modelGroups } from '../../../components/connection/model-groups';
import { providerKind } from '../../../utils/core/vision/providers';

describe('modelGroups', () => {
  it('puts suggested models first, then those that see, may see, and do not', () => {
    const models = [
      { id: 'llama3.3', vision: false },
      { id: 'mystery' },
      { id: 'seer', vision: true },
      { id: 'llava:7b' },
      { id: 'qwen3-vl:8b', vision: true },
      { id: 'blind-vl', vision: false },
    ];
    const groups = modelGroups(models, providerKind('ollama')).map((group) => [
      group.words,
      group.models.map(({ id }) => id),
    ]);
    expect(groups).toEqual([
      ['connect.modelSuggested', ['qwen3-vl:8b']],
      ['connect.modelCanSee', ['seer']],
      ['connect.modelUnknown', ['mystery', 'llava:7b']],
      ['connect.modelBlind', ['llama3.3', 'blind-vl']],
    ]);
  });

  it('suggests one that may see where none is known to', () => {
    const [first] = modelGroups([{ id: 'mystery' }, { id: 'llava:7b' }], providerKind('ollama'));
    expect(first).toEqual({ words: 'connect.modelSuggested', models: [{ id: 'llava:7b' }] });
  });

  it('leaves out groups with nothing in them', () => {
    expect(modelGroups([{ id: 'm' }], providerKind('custom'))).toHaveLength(1);
  });
});

describe('firstModel', () => {
  it.each([
    [[{ id: 'gpt-4o' }, { id: 'gpt-6-luna' }], 'gpt-6-luna'],
    [[{ id: 'a' }, { id: 'b', vision: true }], 'b'],
    [[{ id: 'gpt-6-luna' }, { id: 'b', vision: true }], 'b'],
    [[{ id: 'only' }], 'only'],
    [[{ id: 'a' }, { id: 'b' }], ''],
    [[], ''],
  ])('of %j is "%s"', (models, id) => {
    expect(firstModel(models, providerKind('openai'))).toBe(id);
  });
});
