/** Held to the worked examples that the makers of the models publish. */
import { describe, expect, it } from 'vitest';
import { estimateTokens, gridFor, seenSize } from '../../../../utils/core/image/tokens';
import { imageRuleFor, type ImageRule } from '../../../../utils/core/vision/image-rules';

const size = (width: number, height: number) => ({ width, height });

const OPENAI = 'https://developers.openai.com/api/docs/guides/images-vision';
const CLAUDE = 'https://platform.claude.com/docs/en/build-with-claude/vision';
const GEMINI = 'https://ai.google.dev/gemini-api/docs/image-understanding';

describe(`OpenAI, "Images and vision", ${OPENAI}`, () => {
  it.each([
    // "Tile-based image tokenization"; the examples stood in the guide until 2025.
    ['gpt-4o', size(1024, 1024), size(768, 768), 765],
    ['gpt-4o', size(2048, 4096), size(768, 1536), 1105],
    // "Patch-based image tokenization", gpt-6-astra with detail: high.
    ['gpt-6-astra', size(1024, 1024), size(1024, 1024), 1229],
    ['gpt-6-astra', size(2048, 2048), size(1600, 1600), 3000],
    ['gpt-6-astra', size(4096, 512), size(4096, 512), 2458],
    // The same chapter in 2025: 1024 and 1452 patches, times the multiplier.
    ['gpt-4.1-mini', size(1024, 1024), size(1024, 1024), Math.ceil(1024 * 1.62)],
    ['o4-mini', size(1800, 2400), size(1056, 1408), Math.ceil(1452 * 1.72)],
  ])('%s, %o', (model, original, seen, tokens) => {
    const rule = imageRuleFor(model);
    expect(seenSize(original, rule)).toEqual(seen);
    expect(estimateTokens(original, rule)).toBe(tokens);
  });

  it('1800 x 2400 is 1452 patches', () => {
    expect(gridFor(size(1800, 2400), imageRuleFor('o4-mini'))).toMatchObject({
      columns: 33,
      rows: 44,
    });
  });
});

describe(`Anthropic, "Vision", ${CLAUDE}`, () => {
  it.each([
    ['claude-sonnet-4-5', size(200, 200), size(200, 200), 64],
    ['claude-sonnet-4-5', size(1000, 1000), size(1000, 1000), 1296],
    ['claude-sonnet-4-5', size(1092, 1092), size(1092, 1092), 1521],
    ['claude-sonnet-4-5', size(1920, 1080), size(1456, 819), 1560],
    ['claude-sonnet-4-5', size(1075, 1520), size(924, 1307), 1551],
    ['claude-opus-4-7', size(1920, 1080), size(1920, 1080), 2691],
    ['claude-opus-4-7', size(3840, 2160), size(2576, 1449), 4784],
  ])('%s, %o', (model, original, seen, tokens) => {
    const rule = imageRuleFor(model);
    expect(seenSize(original, rule)).toEqual(seen);
    expect(estimateTokens(original, rule)).toBe(tokens);
  });
});

describe(`Google, "Image understanding", ${GEMINI}`, () => {
  const rule = imageRuleFor('gemini-2.5-flash');

  it('384 x 384 is looked at whole', () => {
    expect(estimateTokens(size(384, 384), rule)).toBe(258);
    expect(gridFor(size(384, 200), rule)).toMatchObject({ columns: 1, rows: 1 });
  });

  it('960 x 540 has a crop unit of 360 and 3 x 2 tiles', () => {
    const grid = { columns: 3, rows: 2, cellWidth: 360, cellHeight: 360 };
    expect(gridFor(size(960, 540), rule)).toEqual(grid);
    expect(estimateTokens(size(960, 540), rule)).toBe(1548);
  });

  it('sees no more of a larger image than its crops have pixels', () => {
    expect(seenSize(size(4000, 3000), rule)).toEqual(size(1536, 1152));
    expect(estimateTokens(size(4000, 3000), rule)).toBe(4 * 258);
    expect(estimateTokens(size(1536, 1152), rule)).toBe(4 * 258);
  });

  it('cuts a thin image into no more crops than its least size allows', () => {
    expect(gridFor(size(2000, 100), rule)).toMatchObject({ columns: 8, rows: 1 });
  });

  it('takes as many tokens for any image from Gemini 3 on', () => {
    const newer = imageRuleFor('gemini-3.8-flash');
    expect(estimateTokens(size(384, 384), newer)).toBe(1120);
    expect(estimateTokens(size(4000, 3000), newer)).toBe(1120);
    expect(gridFor(size(4000, 3000), newer)).toBeUndefined();
  });
});

describe('what was counted by the servers', () => {
  // https://huggingface.co/datasets/JOHNISKING/image-token-cost, gpt6_high_tokens
  it.each([
    [size(256, 256), 77],
    [size(512, 512), 308],
    [size(768, 768), 692],
    [size(1280, 720), 1104],
    [size(1920, 1080), 2448],
    [size(2560, 1440), 2931],
    [size(3840, 2160), 2931],
    [size(4032, 3024), 2942],
  ])('GPT-6, %o: %i tokens', (original, tokens) => {
    expect(estimateTokens(original, imageRuleFor('gpt-6-astra'))).toBe(tokens);
  });
});

describe('what holds for every rule', () => {
  const models =
    'gpt-4o gpt-4o-mini gpt-5 o3 o4-mini gpt-4.1-mini gpt-5.2 gpt-5.6-sol gpt-6-luna claude-haiku-4-5 ' +
    'claude-opus-5.5 gemini-2.5-pro gemini-3.8-flash another';
  const shapes =
    '1x1 3x1 31x33 1024x768 1025x769 2725x2225 4000x3000 3000x4000 65535x33 20x60000 9999x9998';
  const sizes = shapes.split(' ').map((shape) => {
    const [width = 0, height = 0] = shape.split('x').map(Number);
    return size(width, height);
  });

  it.each(models.split(' '))(
    '%s sees nothing larger, squeezed, or smaller at a second look',
    (model) => {
      const rule: ImageRule = imageRuleFor(model);
      for (const original of sizes) {
        const seen = seenSize(original, rule);
        expect(seen.width).toBeLessThanOrEqual(original.width);
        expect(seen.height).toBeLessThanOrEqual(original.height);
        expect(Math.min(seen.width, seen.height)).toBeGreaterThanOrEqual(1);
        expect(seenSize(seen, rule)).toEqual(seen);
        // Its shape is kept, but for the pixel that each of two roundings may cost.
        const off = seen.width - (original.width * seen.height) / original.height;
        const pixel = Math.max(1, original.width / original.height);
        expect(Math.abs(off)).toBeLessThanOrEqual(2 * pixel);
      }
    },
  );

  it.each(models.split(' '))(
    '%s looks at every pixel of what it sees, and at no empty cell',
    (model) => {
      const rule = imageRuleFor(model);
      for (const original of sizes) {
        const grid = gridFor(original, rule);
        if (!grid) continue;
        const { width, height } = seenSize(original, rule);
        expect(grid.columns * grid.cellWidth).toBeGreaterThanOrEqual(width);
        expect(grid.rows * grid.cellHeight).toBeGreaterThanOrEqual(height);
        expect((grid.columns - 1) * grid.cellWidth).toBeLessThan(width);
        expect((grid.rows - 1) * grid.cellHeight).toBeLessThan(height);
      }
    },
  );

  it('and nothing is claimed of a model that nobody describes', () => {
    const rule = imageRuleFor('another');
    expect(estimateTokens(size(640, 480), rule)).toBeUndefined();
    expect(gridFor(size(640, 480), rule)).toBeUndefined();
    expect(seenSize(size(4096, 2048), rule)).toEqual(size(2048, 1024));
  });
});
