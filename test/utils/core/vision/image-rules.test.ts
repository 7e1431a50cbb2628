import { describe, expect, it } from 'vitest';
import { imageRuleFor } from '../../../../utils/core/vision/image-rules';

describe('imageRuleFor', () => {
  it.each([
    ['gpt-4o', { kind: 'tiles', base: 85, perTile: 170 }],
    ['gpt-4o-2024-08-06', { kind: 'tiles', base: 85, perTile: 170 }],
    ['chatgpt-4o-latest', { kind: 'tiles', base: 85, perTile: 170 }],
    ['gpt-4.1', { kind: 'tiles', base: 85, perTile: 170 }],
    ['gpt-4o-mini', { kind: 'tiles', base: 2833, perTile: 5667 }],
    ['openai/gpt-4o-mini', { kind: 'tiles', base: 2833, perTile: 5667 }],
    ['gpt-5', { kind: 'tiles', base: 70, perTile: 140 }],
    ['gpt-5.1', { kind: 'tiles', base: 70, perTile: 140 }],
    ['gpt-5-2025-08-07', { kind: 'tiles', base: 70, perTile: 140 }],
    ['o3', { kind: 'tiles', base: 75, perTile: 150 }],
    ['openai/o1-pro', { kind: 'tiles', base: 75, perTile: 150 }],
    ['o4-mini', { kind: 'patches', maxPatches: 1536, multiplier: 1.72 }],
    ['gpt-4.1-mini', { kind: 'patches', maxPatches: 6144, multiplier: 1.62 }],
    ['gpt-4.1-nano', { kind: 'patches', maxPatches: 1536, multiplier: 2.46 }],
    ['gpt-5-mini', { kind: 'patches', maxPatches: 1536, multiplier: 1.2 }],
    ['gpt-5-nano', { kind: 'patches', maxPatches: 1536, multiplier: 1.5 }],
    ['gpt-5.2', { kind: 'patches', maxPatches: 6144, multiplier: 1.2 }],
    ['gpt-5.4-mini', { kind: 'patches', maxPatches: 2500, maxSide: 2048, multiplier: 1.2 }],
    ['gpt-5.6-luna', { kind: 'patches', maxPatches: 2500, maxSide: 2048, multiplier: 1.2 }],
    ['gpt-6-luna', { kind: 'patches', maxPatches: 2500, maxSide: 65_535, multiplier: 1.2 }],
    ['openai/gpt-6.1-sol', { kind: 'patches', maxPatches: 2500, multiplier: 1.2 }],
    ['claude-3-5-sonnet-20241022', { kind: 'paddedPatches', maxPatches: 1568 }],
    ['claude-sonnet-4-20250514', { kind: 'paddedPatches', maxPatches: 1568 }],
    ['claude-opus-4-1-20250805', { kind: 'paddedPatches', maxPatches: 1568 }],
    ['anthropic/claude-haiku-4.5', { kind: 'paddedPatches', maxPatches: 1568 }],
    ['claude-opus-4-7', { kind: 'paddedPatches', maxPatches: 4784 }],
    ['anthropic/claude-opus-4.8', { kind: 'paddedPatches', maxPatches: 4784 }],
    ['claude-sonnet-5', { kind: 'paddedPatches', maxPatches: 4784 }],
    ['anthropic/claude-opus-5.5', { kind: 'paddedPatches', maxPatches: 4784 }],
    ['google/gemini-2.5-flash', { kind: 'crops', perCrop: 258 }],
    ['models/gemini-3.8-flash', { kind: 'fixed', tokens: 1120 }],
    ['Gemini-2.0-Flash', { kind: 'crops' }],
    ['qwen2.5-vl:7b', { kind: 'unknown', maxSide: 2048 }],
    ['gemma3', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
  ])('%s', (model, rule) => {
    expect(imageRuleFor(model)).toMatchObject(rule);
  });
});
