// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ImageGrid } from '../../../components/job/image-grid';
import { gridFor, seenSize } from '../../../utils/core/image/tokens';
import type { ImageRule } from '../../../utils/core/vision/image-rules';
import { expectAccessible } from '../../fixtures/axe';

const TILES: ImageRule = {
  kind: 'tiles',
  maxSide: 2048,
  shortSide: 768,
  tile: 512,
  base: 85,
  perTile: 170,
};
const PATCHES: ImageRule = {
  kind: 'patches',
  patch: 32,
  maxPatches: 1_536,
  maxSide: 2048,
  multiplier: 1.62,
};
const UNKNOWN: ImageRule = { kind: 'unknown', maxSide: 2048 };

const SIZE = { width: 941, height: 768 };
const SRC = `data:image/png;base64,${btoa('pixels')}`;

const close = vi.fn<() => void>();
const drawImage = vi.fn<(...what: unknown[]) => void>();
const decode = vi.fn<(blob: Blob) => Promise<unknown>>();

beforeEach(() => {
  decode.mockResolvedValue({ ...SIZE, close });
  vi.stubGlobal('createImageBitmap', decode);
  const context: Partial<CanvasRenderingContext2D> = { drawImage };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(
    context as CanvasRenderingContext2D,
  );
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

function show(rule: ImageRule, size = SIZE) {
  return render(<ImageGrid src={SRC} size={size} rule={rule} />).container;
}

/** How many of the lines run down, and how many run across, the frame left out. */
function linesIn(container: Element) {
  const strokes = [...container.querySelectorAll('path')].map((path) => path.getAttribute('d'));
  expect(new Set(strokes).size).toBe(1);
  const lines = (strokes[0] ?? '').split('M').filter((line) => line !== '' && !line.endsWith('Z'));
  const down = lines.filter((line) => line.includes('V'));
  return { down: down.length, across: lines.length - down.length };
}

const words = (container: Element) => container.textContent.replaceAll('\u00A0', ' ');

describe('ImageGrid', () => {
  it.each([
    [TILES, SIZE],
    [TILES, { width: 2_000, height: 300 }],
    [PATCHES, SIZE],
    [PATCHES, { width: 4_000, height: 3_000 }],
    [PATCHES, { width: 20, height: 20 }],
  ])('draws a line between each two cells: $kind, %o', (rule, size) => {
    const { down, across } = linesIn(show(rule, size));
    const { columns, rows } = gridFor(size, rule) ?? {};
    expect({ columns: down + 1, rows: across + 1 }).toEqual({ columns, rows });
  });

  it('draws in the pixels that the model sees, over the whole image', () => {
    const size = { width: 2_000, height: 1_000 };
    const seen = seenSize(size, TILES);
    const container = show(TILES, size);
    expect(container.querySelector('svg')?.getAttribute('viewBox')).toBe(
      `0 0 ${seen.width} ${seen.height}`,
    );
    expect(seen).not.toEqual(size);
    expect(words(container)).toContain(`first scaled to ${seen.width} × ${seen.height}.`);
    cleanup();
    expect(words(show(TILES))).not.toContain('scaled');
  });

  it('says in words what it draws, as an estimate', () => {
    expect(words(show(TILES))).toContain('Estimated: the model sees 4 tiles of 512 px.');
    cleanup();
    expect(words(show(TILES, { width: 300, height: 200 }))).toContain(
      'Estimated: the model sees 1 tile of 512 px.',
    );
    cleanup();
    expect(words(show(PATCHES))).toContain('Estimated: the model sees 720 patches of 32 px.');
  });

  it('draws the bytes itself: a page’s CSP may forbid to load or fetch them', async () => {
    const fetched = vi.fn<typeof fetch>();
    vi.stubGlobal('fetch', fetched);
    const container = show(TILES);
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
    const blob = decode.mock.calls[0]?.[0];
    expect([blob?.type, blob?.size]).toEqual(['image/png', 'pixels'.length]);
    expect(drawImage).toHaveBeenCalledOnce();
    expect(container.querySelector('canvas')).toMatchObject(SIZE);
    expect(container.querySelector('img')).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
  });

  it('names the image, and takes its grid away and back', async () => {
    const container = show(TILES);
    expect(screen.getByRole('img', { name: /with the model’s grid$/ })).toBeTruthy();
    await expectAccessible(container);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Show the grid' }));
    expect(container.querySelector('svg')).toBeNull();
    expect(screen.getByRole('img', { name: 'The image as sent' })).toBeTruthy();
    await expectAccessible(container);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Show the grid' }));
    expect(container.querySelector('svg')).not.toBeNull();
  });

  it('shows the image alone where the grid is not known', async () => {
    const container = show(UNKNOWN);
    expect(container.querySelector('svg')).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(words(container)).toContain('is not known');
    await expectAccessible(container);
  });

  it('says so where the image cannot be drawn', async () => {
    decode.mockRejectedValue(new DOMException('broken', 'InvalidStateError'));
    show(TILES);
    expect(await screen.findByText('The image cannot be shown here.')).toBeTruthy();
  });
});
