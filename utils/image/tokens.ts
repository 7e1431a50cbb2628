/** What a model sees of an image, and what that is worth in tokens. Estimates, all of it. */
import type { ImageRule } from '../vision/image-rules';
import { fit, type Size } from './fit';

/** The model's squares over a picture. */
export interface Grid {
  columns: number;
  rows: number;
  /** Of one square, in pixels of the picture as the model sees it; the last ones may be cut off. */
  cellWidth: number;
  cellHeight: number;
}

/**
 * The size at which a model looks at an image: what its server would scale it down to. Never larger
 * than the image.
 */
export function seenSize(size: Size, rule: ImageRule): Size {
  const within = fit(size, rule);
  switch (rule.kind) {
    case 'tiles':
      return scaledBy(within, rule.shortSide / Math.min(within.width, within.height));
    case 'patches':
      return countOf(within, rule.patch) <= rule.maxPatches ? within : fewerPatches(within, rule);
    case 'area':
      return scaledBy(within, Math.sqrt(rule.maxPixels / (within.width * within.height)));
    case 'crops':
      return isSmall(within, rule.smallSide)
        ? within
        : scaledBy(within, rule.tile / cropSide(within));
    case 'unknown':
      return within;
  }
}

/** About how many tokens an image is; `undefined` where nobody says. */
export function estimateTokens(size: Size, rule: ImageRule): number | undefined {
  const seen = seenSize(size, rule);
  switch (rule.kind) {
    case 'tiles':
      return rule.base + countOf(seen, rule.tile) * rule.perTile;
    case 'patches':
      return Math.ceil(countOf(seen, rule.patch) * rule.multiplier);
    case 'area':
      return Math.ceil((seen.width * seen.height) / rule.pixelsPerToken);
    case 'crops':
      return isSmall(seen, rule.smallSide)
        ? rule.perTile
        : countOf(seen, cropSide(seen)) * rule.perTile;
    case 'unknown':
      return undefined;
  }
}

/** The tiles or patches that a model cuts an image into; `undefined` where it cuts none. */
export function gridFor(size: Size, rule: ImageRule): Grid | undefined {
  const seen = seenSize(size, rule);
  switch (rule.kind) {
    case 'tiles':
      return gridOf(seen, rule.tile);
    case 'patches':
      return gridOf(seen, rule.patch);
    case 'crops':
      return isSmall(seen, rule.smallSide) ? undefined : gridOf(seen, cropSide(seen));
    case 'area':
    case 'unknown':
      return undefined;
  }
}

function gridOf({ width, height }: Size, side: number): Grid {
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  return { columns, rows, cellWidth: side, cellHeight: side };
}

function countOf({ width, height }: Size, side: number): number {
  return Math.ceil(width / side) * Math.ceil(height / side);
}

/** Scaled so that one side is a whole number of patches, and none is over. */
function fewerPatches(
  { width, height }: Size,
  { patch, maxPatches }: ImageRule & { kind: 'patches' },
): Size {
  const scale = Math.sqrt((patch ** 2 * maxPatches) / (width * height));
  const [across, down] = [(width * scale) / patch, (height * scale) / patch];
  const whole = Math.min(Math.floor(across) / across, Math.floor(down) / down);
  // A strip thinner than one patch has no whole number of them but one.
  return scaledBy({ width, height }, whole > 0 ? scale * whole : scale);
}

function isSmall({ width, height }: Size, side: number): boolean {
  return width <= side && height <= side;
}

/** At least one pixel: a line has a short side of its own. */
function cropSide({ width, height }: Size): number {
  return Math.max(1, Math.floor(Math.min(width, height) / 1.5));
}

function scaledBy({ width, height }: Size, scale: number): Size {
  if (scale >= 1) return { width, height };
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
