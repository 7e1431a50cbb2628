/** Draws public/icon/*.png out of docs/icon.svg. Run it after a change of the drawing; commit both. */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Toolbar 16 and 32, extension page 48, store and install dialog 96 (Firefox) and 128 (Chrome). */
const SIZES = [16, 32, 48, 96, 128];

const root = new URL('../', import.meta.url);
const large = await readFile(new URL('docs/icon.svg', root));
// Sixteen pixels want a drawing of their own, with fewer things on whole pixels.
const small = await readFile(new URL('docs/icon-16.svg', root));

await mkdir(new URL('public/icon/', root), { recursive: true });
for (const size of SIZES) {
  const file = new URL(`public/icon/${size}.png`, root);
  // Drawn at four times the size and brought down, which is smoother than drawing it small.
  const drawing = sharp(size === 16 ? small : large, { density: size === 16 ? 288 : 72 * 4 });
  await drawing.resize(size, size).png({ compressionLevel: 9 }).toFile(fileURLToPath(file));
  console.log(`public/icon/${size}.png`);
}
