/**
 * How each family of models looks at an image, and what it charges for that: data from the makers'
 * documentation. What servers count in the end may differ: all that follows from it is an estimate.
 */

export type ImageRule =
  /** Scaled into a square, then to a short side, then cut into tiles; each costs the same. */
  | {
      kind: 'tiles';
      maxSide: number;
      shortSide: number;
      tile: number;
      base: number;
      perTile: number;
    }
  /** Cut into patches, scaled down until there are few enough; each is a token, times a factor. */
  | { kind: 'patches'; patch: number; maxPatches: number; maxSide: number; multiplier: number }
  /** Charged by area. */
  | { kind: 'area'; maxSide: number; maxPixels: number; pixelsPerToken: number }
  /** Cut into squares of two thirds of the short side, each scaled to a tile. */
  | { kind: 'crops'; smallSide: number; tile: number; perTile: number; maxSide: number }
  /** What no model we know looks past. */
  | { kind: 'unknown'; maxSide: number };

// https://platform.openai.com/docs/guides/images-vision#calculating-costs
const tiles = (base: number, perTile: number): ImageRule => ({
  kind: 'tiles',
  maxSide: 2048,
  shortSide: 768,
  tile: 512,
  base,
  perTile,
});
const patches = (multiplier: number, maxPatches = 1_536): ImageRule => ({
  kind: 'patches',
  patch: 32,
  maxPatches,
  maxSide: 2048,
  multiplier,
});

/** The first that matches counts. Ids are compared without the maker's name before them. */
const RULES: readonly { match: RegExp; rule: ImageRule }[] = [
  { match: /^gpt-4o-mini/, rule: tiles(2_833, 5_667) },
  { match: /^(gpt-4\.1|gpt-5)-mini/, rule: patches(1.62) },
  { match: /^(gpt-4\.1|gpt-5)-nano/, rule: patches(2.46) },
  { match: /^o4-mini/, rule: patches(1.72) },
  { match: /^(gpt-4o|gpt-4\.1|gpt-4\.5|chatgpt-4o|gpt-4-turbo)/, rule: tiles(85, 170) },
  { match: /^gpt-5(-|\.[1-3]|$)/, rule: tiles(70, 140) },
  { match: /^o[13]/, rule: tiles(75, 150) },
  { match: /^gpt-5\.\d+-(mini|nano)/, rule: patches(1.62) },
  // "high": 2,500 patches. From 5.5 on, "auto" looks at up to 10,000, and then costs what the photo
  // weighs; a description needs no more than "high", so this is what we send.
  { match: /^gpt-5\.[4-9]/, rule: patches(1, 2_500) },
  // Not documented for this family yet; assumed to be as the one before it.
  { match: /^gpt-6/, rule: patches(1, 2_500) },
  // https://docs.anthropic.com/en/docs/build-with-claude/vision: at most 1568 px and about 1,600
  // tokens of 750 pixels.
  {
    match: /^claude/,
    rule: { kind: 'area', maxSide: 1_568, maxPixels: 1_200_000, pixelsPerToken: 750 },
  },
  // https://ai.google.dev/gemini-api/docs/image-understanding: 258 tokens a tile of 768 px.
  {
    match: /^gemini/,
    rule: { kind: 'crops', smallSide: 384, tile: 768, perTile: 258, maxSide: 3_072 },
  },
];

const UNKNOWN: ImageRule = { kind: 'unknown', maxSide: 2048 };

/** The rule of a model, by its id as servers write it: `gpt-6-luna` or `openai/gpt-6-luna:free`. */
export function imageRuleFor(model: string): ImageRule {
  return RULES.find(({ match }) => match.test(bareId(model)))?.rule ?? UNKNOWN;
}

/** US dollars for a million input tokens, November 2026, from the makers' price lists. */
const PRICES: readonly { match: RegExp; input: number }[] = [
  { match: /^gpt-6-luna/, input: 0.1 },
  { match: /^gpt-6-sol/, input: 2 },
  { match: /^gpt-6\.1-terra/, input: 1 },
  { match: /^gpt-6-astra/, input: 10 },
  { match: /^gpt-5\.4-mini/, input: 0.75 },
];

/** What a million input tokens cost in US dollars, where we know it. */
export function inputPriceFor(model: string): number | undefined {
  return PRICES.find(({ match }) => match.test(bareId(model)))?.input;
}

function bareId(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).toLowerCase();
}
