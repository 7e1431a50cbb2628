/** The image as it was sent, with the grid that the model lays over it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { blobOfDataUrl } from '../../utils/core/image/base64';
import type { Size } from '../../utils/core/image/fit';
import { gridFor, seenSize, type Grid } from '../../utils/core/image/tokens';
import type { ImageRule } from '../../utils/core/vision/image-rules';
import { plural } from '../../utils/browser/words/plural';

interface ImageGridProps {
  /** A `data:` URL; `undefined` while it is on its way, its room already kept. */
  src: string | undefined;
  /** Of the image as it was sent, in pixels. */
  size: Size;
  rule: ImageRule;
}

export function ImageGrid({ src, size, rule }: ImageGridProps) {
  const [gridShown, setGridShown] = useState(true);
  const grid = gridFor(size, rule);
  const seen = seenSize(size, rule);
  return (
    <figure class="image-grid">
      <div class="image-grid-view" style={{ '--image-ratio': `${size.width / size.height}` }}>
        <Image src={src} name={i18n.t(grid && gridShown ? 'sent.imageGrid' : 'sent.image')} />
        {grid && gridShown && <GridLines grid={grid} seen={seen} />}
      </div>
      <figcaption>
        <p>{grid ? gridWords(grid) : i18n.t('sent.gridUnknown')}</p>
        {grid && (seen.width !== size.width || seen.height !== size.height) && (
          <p>{i18n.t('sent.scaled', [i18n.t('format.size', [seen.width, seen.height])])}</p>
        )}
        {grid && (
          <label>
            <input
              type="checkbox"
              checked={gridShown}
              onChange={(event) => setGridShown(event.currentTarget.checked)}
            />
            {i18n.t('sent.showGrid')}
          </label>
        )}
      </figcaption>
    </figure>
  );
}

/** A canvas, because the CSP of a page the card stands in may forbid an `<img>` its `data:` URL. */
function Image({ src, name }: { src: string | undefined; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (src === undefined || !canvas.current) return;
    drawOn(canvas.current, src).catch(() => setFailed(true));
  }, [src]);
  if (failed) return <p class="image-grid-failed">{i18n.t('sent.notShown')}</p>;
  return <canvas ref={canvas} role="img" aria-label={name} />;
}

async function drawOn(canvas: HTMLCanvasElement, src: string): Promise<void> {
  const bitmap = await createImageBitmap(blobOfDataUrl(src));
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/** In pixels. Models have patches of 14 to 32; tiles are ten times as large. */
const LARGEST_PATCH = 64;

/** From so many cells in a row on, thick lines would hide the image. */
const MANY_CELLS = 12;

/** Lines between cells and around all of them, twice: one stroke shows on dark, one on light. */
function GridLines({ grid, seen }: { grid: Grid; seen: Size }) {
  const { columns, rows, cellWidth, cellHeight } = grid;
  const { width, height } = seen;
  const lines = [
    ...between(columns).map((at) => `M${at * cellWidth} 0V${height}`),
    ...between(rows).map((at) => `M0 ${at * cellHeight}H${width}`),
    `M0 0H${width}V${height}H0Z`,
  ].join('');
  return (
    <svg
      class={Math.max(columns, rows) < MANY_CELLS ? '' : 'fine'}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="under" d={lines} />
      <path d={lines} />
    </svg>
  );
}

/** The places between `count` cells: 1 to `count` - 1. */
function between(count: number): number[] {
  return Array.from({ length: count - 1 }, (_, index) => index + 1);
}

/** "The model sees 6 tiles of 512 px", as an estimate. */
function gridWords({ columns, rows, cellWidth, cellHeight }: Grid): string {
  const [width, height] = [Math.round(cellWidth), Math.round(cellHeight)];
  const cell = width === height ? width : i18n.t('format.size', [width, height]);
  const count = columns * rows;
  return plural(
    cellWidth > LARGEST_PATCH ? 'sent.tiles' : 'sent.patches',
    count,
    i18n.t('sent.cell', [cell]),
  );
}
