/** Eyes for the mock: what the connection doctor's drawing shows, seen in its pixels. */
import sharp from 'sharp';

const COLOURS = {
  red: [224, 0, 0],
  green: [0, 138, 30],
  blue: [10, 60, 255],
  yellow: [255, 212, 0],
} as const;

/** Whether a question is the one that goes with such a drawing. */
export function isDrawing(prompt: string): boolean {
  return prompt.includes('Which shape does this image show');
}

/** "Green triangle." for a `data:` URL of such a drawing. */
export async function seeDrawing(dataUrl: string): Promise<string> {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    return [...data.subarray(start, start + 3)];
  };
  const isWhite = (pixel: number[]) => pixel.every((channel) => channel > 200);
  // A square fills both upper corners of its box, a triangle neither of a wider one, a circle none.
  const upper = !isWhite(at(0.2, 0.2));
  const lower = !isWhite(at(0.24, 0.8));
  const shape = upper ? 'square' : lower ? 'triangle' : 'circle';
  const middle = at(0.5, 0.6);
  const distance = (colour: readonly number[]) =>
    colour.reduce((sum, channel, index) => sum + (channel - (middle[index] ?? 0)) ** 2, 0);
  const [colour = ''] =
    Object.entries(COLOURS).toSorted(([, a], [, b]) => distance(a) - distance(b))[0] ?? [];
  return `${colour[0]?.toUpperCase()}${colour.slice(1)} ${shape}.`;
}
