/** What each page of the tutorial's categories makes of its image, with a real layout. */
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, type Rolldown } from 'vite';
import { PURPOSE_ROWS } from '../fixtures/purpose-pages.ts';
import { openPage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { startSession, type Session } from './harness/session.ts';

declare const found: typeof import('../../utils/page/context.ts');
/** By its id, as pages have it. */
declare const image: Element;

let session: Session;
let page: Page;
let script: string;

beforeAll(async () => {
  session = await startSession();
  script = await bundle();
  for (const [category, name, , , body] of PURPOSE_ROWS) {
    session.pages.page(`/${category}/${name}`, body);
    for (const [, file = ''] of body.matchAll(/(?:src="|url\()([^")]+)/g)) {
      session.pages.file(
        new URL(file, `http://x/${category}/`).pathname,
        plainPng(320, 240),
        'image/png',
      );
    }
  }
  session.pages.page('/', '');
  page = await openPage(session);
});
afterAll(() => session.stop());

it.each(PURPOSE_ROWS)(
  'of %s/%s is %s: %s',
  async (category, name, role, reason, _body, lang = 'en') => {
    await page.goto(session.pages.url(`/${category}/${name}`));
    await page.evaluate((language) => {
      document.documentElement.lang = language;
    }, lang);
    await page.addScriptTag({ content: script });
    const purpose = await page.evaluate(() => found.contextOf(image).purpose);
    expect(purpose).toEqual({ kind: role, reason });
  },
);

/** The code as the extension has it, in one script. */
async function bundle(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve('utils/page/context.ts'), formats: ['iife'], name: 'found' },
    },
  })) as Rolldown.RolldownOutput[];
  const [first] = built[0]?.output ?? [];
  if (!first) throw new Error('nothing was built');
  return first.code;
}
