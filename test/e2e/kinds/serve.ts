/** Serves the images and pages of every kind: one colour is right, every other is wrong. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { plainPng } from '../harness/png.ts';
import type { Session } from '../harness/session.ts';
import { KINDS, type Kind } from './kinds.ts';

/** What a model must be sent, as red, green, blue. */
export const RIGHT = [180, 40, 120] as const;
const WRONG = [150, 150, 150] as const;
const PNG = { 'content-type': 'image/png' };

export const pathOf = (kind: Kind) => kind.address ?? `/kind-${KINDS.indexOf(kind)}`;

export async function serveKinds({ pages }: Session): Promise<void> {
  const right = plainPng(200, 150, RIGHT);
  pages.file('/right.png', right, 'image/png');
  pages.file('/wrong.png', plainPng(200, 150, WRONG), 'image/png');
  pages.file('/shared.png', right, 'image/png', { 'access-control-allow-origin': '*' });
  pages.file('/sheet.png', await sheet(), 'image/png');
  pages.file(
    '/right.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#b42878"/></svg>',
    'image/svg+xml',
  );
  const only = (allowed: boolean) => (allowed ? { body: right, headers: PNG } : { status: 403 });
  pages.serve('/private.png', ({ headers }) =>
    only(headers.cookie?.includes('session=1') ?? false),
  );
  pages.serve('/referred.png', ({ headers }) => only(headers.referer !== undefined));
  pages.page(
    '/framed',
    '<style>body { margin: 0 } img { display: block; width: 100% }</style><img id="image" src="/right.png" alt="">',
  );
  const dataUrl = `data:image/png;base64,${right.toString('base64')}`;
  for (const kind of KINDS) {
    if (!kind.address) pages.page(pathOf(kind), kind.body.replace('DATA', dataUrl), kind.headers);
  }
}

/** Writes a kind's page and its image to disk, and opens it from there. */
export async function openFile({ browser }: Session, kind: Kind): Promise<Page> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-file-'));
  await writeFile(join(folder, 'right.png'), plainPng(200, 150, RIGHT));
  const file = join(folder, 'page.html');
  await writeFile(file, `<!doctype html>${kind.body.replace('/right.png', 'right.png')}`);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** 800 by 120 pixels: the right colour from 200 to 400. */
function sheet(): Promise<Buffer> {
  const part = { input: plainPng(200, 120, RIGHT), left: 200, top: 0 };
  return sharp(plainPng(800, 120, WRONG))
    .composite([part])
    .png()
    .toBuffer();
}

/** How far the middle of a sent image is from the right colour, per channel, 0 to 255. */
export async function distanceFromRight(dataUrl: string): Promise<number> {
  const bytes = Buffer.from(dataUrl.split(',')[1] ?? '', 'base64');
  const { data } = await sharp(bytes)
    .removeAlpha()
    .resize(9, 9)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const middle = (4 * 9 + 4) * 3;
  return Math.max(...RIGHT.map((value, at) => Math.abs(value - (data[middle + at] ?? 0))));
}
