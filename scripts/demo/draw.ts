/** Draws the demo's own images from their SVG files. Run it after a change; commit both. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const folder = new URL('images/', import.meta.url);
const drawing = async (name: string) =>
  sharp(await readFile(new URL(name, folder)), { density: 72 });
const path = (name: string) => fileURLToPath(new URL(name, folder));

// Without transparency or metadata, so that Descry sends the very bytes and the answers know them.
const flat = { palette: true, colours: 128, dither: 0, compressionLevel: 9 } as const;
await (await drawing('chart.svg')).flatten().png(flat).toFile(path('chart.png'));
await (await drawing('tram-map.svg')).flatten().png(flat).toFile(path('tram-map.png'));
await (await drawing('poster.svg')).flatten().jpeg({ quality: 88 }).toFile(path('poster.jpg'));
