/** How each family of models looks at an image, and what it asks for a token, as data. */

/** How a server scales an image down and cuts it up before its model looks at it. */
export type ImageRule =
  /** Squares of `tile` pixels, after both sides are within limits; the last ones stand over. */
  | {
      kind: 'tiles';
      maxSide: number;
      shortSide: number;
      tile: number;
      base: number;
      perTile: number;
    }
  /** Small squares, `multiplier` tokens each, scaled down to a whole number of them. */
  | { kind: 'patches'; patch: number; maxPatches: number; maxSide: number; multiplier: number }
  /** Small squares, a token each: the largest image that takes no more of them. */
  | { kind: 'paddedPatches'; patch: number; maxPatches: number; maxSide: number }
  /** Crops of two thirds of the short side, each looked at in `crop` pixels; small ones whole. */
  | { kind: 'crops'; crop: number; leastCrop: number; wholeUpTo: number; perCrop: number }
  /** The same number of tokens for every image. */
  | { kind: 'fixed'; maxSide: number; tokens: number }
  /** Nobody says; `maxSide` is what most models make do with. */
  | { kind: 'unknown'; maxSide: number };

const OPENAI_TILES = { kind: 'tiles', maxSide: 2048, shortSide: 768, tile: 512 } as const;
const OPENAI_PATCHES = { kind: 'patches', patch: 32, maxSide: 2048 } as const;
const CLAUDE = { kind: 'paddedPatches', patch: 28 } as const;

/** The first row that matches counts: of names that begin alike, the longer one stands first. */
const RULES: readonly { match: RegExp; rule: ImageRule }[] = [
  // OpenAI, "Images and vision", as of October 2026:
  // https://developers.openai.com/api/docs/guides/images-vision
  //
  // From gpt-5.5 on, a request that names no `detail` has every pixel looked at, up to 30,000
  // patches: a photograph of 12 megapixels then takes 14,364 tokens. The rows below are those of
  // `high`, which is plenty to describe an image by; what fits them is looked at as it is.
  //
  // The guide names only astra of the GPT-6 family; the others are assumed to be like it.
  {
    match: /^gpt-[6-9]/,
    rule: { ...OPENAI_PATCHES, maxSide: 65_535, maxPatches: 2500, multiplier: 1.2 },
  },
  { match: /^gpt-5\.[4-9]/, rule: { ...OPENAI_PATCHES, maxPatches: 2500, multiplier: 1.2 } },
  { match: /^gpt-5\.[23]/, rule: { ...OPENAI_PATCHES, maxPatches: 6144, multiplier: 1.2 } },
  { match: /^gpt-4\.1-mini/, rule: { ...OPENAI_PATCHES, maxPatches: 6144, multiplier: 1.62 } },
  // On their way out: their multipliers are still listed, their limits as they were last.
  { match: /^gpt-5-mini/, rule: { ...OPENAI_PATCHES, maxPatches: 1536, multiplier: 1.2 } },
  { match: /^gpt-5-nano/, rule: { ...OPENAI_PATCHES, maxPatches: 1536, multiplier: 1.5 } },
  { match: /^gpt-4\.1-nano/, rule: { ...OPENAI_PATCHES, maxPatches: 1536, multiplier: 2.46 } },
  { match: /^o4-mini/, rule: { ...OPENAI_PATCHES, maxPatches: 1536, multiplier: 1.72 } },
  { match: /^gpt-5/, rule: { ...OPENAI_TILES, base: 70, perTile: 140 } },
  { match: /^gpt-4o-mini/, rule: { ...OPENAI_TILES, base: 2833, perTile: 5667 } },
  {
    match: /^(?:chat)?gpt-4(?:o|\.1|\.5|-turbo)/,
    rule: { ...OPENAI_TILES, base: 85, perTile: 170 },
  },
  { match: /^o[13]\b/, rule: { ...OPENAI_TILES, base: 75, perTile: 150 } },

  // Anthropic, "Vision", resolution tiers: Claude 4.7 and later, then all before.
  // https://platform.claude.com/docs/en/build-with-claude/vision
  {
    match: /^claude-[a-z]+-(?:4[.-][7-9]|[5-9])(?!\d)/,
    rule: { ...CLAUDE, maxPatches: 4784, maxSide: 2576 },
  },
  { match: /^claude/, rule: { ...CLAUDE, maxPatches: 1568, maxSide: 1568 } },

  // Google, "Image understanding"; the least crop is from the documentation of Vertex AI.
  // https://ai.google.dev/gemini-api/docs/image-understanding
  {
    match: /^gemini-[12]/,
    rule: { kind: 'crops', crop: 768, leastCrop: 256, wholeUpTo: 384, perCrop: 258 },
  },
  // Google, "Media resolution": 1120 tokens unless asked otherwise; it does not say of which size.
  // https://ai.google.dev/gemini-api/docs/media-resolution
  { match: /^gemini-[3-9]/, rule: { kind: 'fixed', maxSide: 2048, tokens: 1120 } },
];

/** How a model looks at an image, by its id as servers write it: "openai/gpt-6-luna:free", say. */
export function imageRuleFor(model: string): ImageRule {
  const row = RULES.find(({ match }) => match.test(bareId(model)));
  return row?.rule ?? { kind: 'unknown', maxSide: 2048 };
}

/** Without the maker's name that OpenRouter and others put before it. */
function bareId(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).toLowerCase();
}
