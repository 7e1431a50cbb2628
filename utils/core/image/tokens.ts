/** What a model sees of an image: at which size, cut up how, for about how many tokens. */
import type { ImageRule } from '../vision/image-rules';
import { fit, scaled, type Size } from './fit';

/** Squares laid over an image from its upper left corner; the last ones may stand over its edge. */
export interface Grid {
  columns: number;
  rows: number;
  /** In pixels of the image as the model sees it. */
  cellWidth: number;
  cellHeight: number;
}

type RuleOf<Kind extends ImageRule['kind']> = Extract<ImageRule, { kind: Kind }>;

/** How many of Gemini's crops the short side of an image takes. */
const CROPS_ACROSS = 1.5;

/** Of a strip ten times as long as it is high. */
const MAX_CROPS = 32;
/** More than any documented model takes for one. */
const MAX_UNKNOWN = 16_000;

/** The size at which a model looks at an image of `size`; never larger than that. */
export function seenSize(size: Size, rule: ImageRule): Size {
  switch (rule.kind) {
    case 'tiles':
    case 'fixed':
    case 'unknown':
      return fit(size, rule);
    case 'patches':
      return fitPatches(fit(size, rule), rule);
    case 'paddedPatches':
      return fitPadded(size, rule);
    case 'crops':
      // A larger image has larger crops, of which the model sees no more.
      return fit(size, { maxSide: Infinity, shortSide: rule.crop * CROPS_ACROSS });
  }
}

/** The squares a model cuts an image of `size` into; `undefined` where that is not known. */
export function gridFor(size: Size, rule: ImageRule): Grid | undefined {
  const seen = seenSize(size, rule);
  switch (rule.kind) {
    case 'tiles':
      return gridOf(seen, rule.tile);
    case 'patches':
    case 'paddedPatches':
      return gridOf(seen, rule.patch);
    case 'crops':
      return gridOf(seen, cropOf(seen, rule));
    case 'fixed':
    case 'unknown':
      return undefined;
  }
}

/** About how many tokens an image of `size` takes; `undefined` where that is not known. */
export function estimateTokens(size: Size, rule: ImageRule): number | undefined {
  const grid = gridFor(size, rule);
  const cells = grid ? grid.columns * grid.rows : 0;
  switch (rule.kind) {
    case 'tiles':
      return rule.base + rule.perTile * cells;
    case 'patches':
      return Math.ceil(rule.multiplier * cells);
    case 'paddedPatches':
      return cells;
    case 'crops':
      return rule.perCrop * cells;
    case 'fixed':
      return rule.tokens;
    case 'unknown':
      return undefined;
  }
}

/** No image takes more tokens than this: for what may be spent, where its size is not known. */
export function mostTokens(rule: ImageRule): number {
  switch (rule.kind) {
    case 'tiles': {
      // The longest that its short side lets it be, cut up.
      const across = Math.ceil(rule.maxSide / rule.tile);
      return rule.base + rule.perTile * across * Math.ceil(rule.shortSide / rule.tile);
    }
    case 'patches':
      return Math.ceil(rule.multiplier * rule.maxPatches);
    case 'paddedPatches':
      return rule.maxPatches;
    case 'crops':
      return rule.perCrop * MAX_CROPS;
    case 'fixed':
      return rule.tokens;
    case 'unknown':
      return MAX_UNKNOWN;
  }
}

function gridOf({ width, height }: Size, cell: number): Grid {
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  return { columns, rows, cellWidth: cell, cellHeight: cell };
}

function patchesOf(size: Size, patch: number): number {
  const { columns, rows } = gridOf(size, patch);
  return columns * rows;
}

/** "Patch-based image tokenization", step B: smaller until one side is a whole number of patches. */
function fitPatches(size: Size, { patch, maxPatches }: RuleOf<'patches'>): Size {
  if (patchesOf(size, patch) <= maxPatches) return size;
  const { width, height } = size;
  const shrink = Math.sqrt((patch * patch * maxPatches) / (width * height));
  const across = Math.floor((width * shrink) / patch) * patch;
  const down = Math.floor((height * shrink) / patch) * patch;
  return across / width <= down / height ? scaled(size, across, width) : scaled(size, down, height);
}

/** "How Claude resizes and pads images": the longest side of which whole patches are few enough. */
function fitPadded(size: Size, { patch, maxPatches, maxSide }: RuleOf<'paddedPatches'>): Size {
  const fits = (tried: Size) =>
    patchesOf(tried, patch) <= maxPatches &&
    Math.ceil(Math.max(tried.width, tried.height) / patch) * patch <= maxSide;
  if (fits(size)) return size;
  const long = Math.max(size.width, size.height);
  let [good, bad] = [1, long];
  while (good + 1 < bad) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(rounded(size, middle / long))) good = middle;
    else bad = middle;
  }
  return rounded(size, good / long);
}

function rounded({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

function cropOf({ width, height }: Size, rule: RuleOf<'crops'>): number {
  const long = Math.max(width, height);
  if (long <= rule.wholeUpTo) return long;
  return Math.max(rule.leastCrop, Math.floor(Math.min(width, height) / CROPS_ACROSS));
}
