/** The page that most tests click in: a heading and one plain image, `#image`. */
import type { Page } from 'puppeteer-core';
import { evaluateInExtension } from './extension-page.ts';
import { plainPng } from './png.ts';
import type { Session } from './session.ts';

/** Serves the image as `/teal.png` and the page as `/`. */
export function serveImagePage({ pages }: Session): void {
  pages.file('/teal.png', plainPng(200, 150), 'image/png');
  pages.page('/', '<h1>A page</h1><p><img id="image" src="/teal.png" alt=""></p>');
}

/** Opens a served page in a tab of its own. */
export async function openPage(session: Session, path = '/', host?: string): Promise<Page> {
  const page = await session.browser.newPage();
  await page.goto(session.pages.url(path, host));
  return page;
}

/**
 * Forgets the model server's script and the history, which would answer the same image again, and
 * closes the tabs of a test: `which` are told by address.
 */
export async function cleanUp(session: Session, which = /^http/): Promise<void> {
  session.model.reset();
  await forgetHistory(session);
  for (const page of await session.browser.pages()) {
    if (which.test(page.url())) await page.close();
  }
}

/** Deletes the whole database; Descry lets go of it when it is asked to. */
export async function forgetHistory(session: Session): Promise<void> {
  await evaluateInExtension(
    session,
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('descry');
        request.addEventListener('success', () => resolve());
        request.addEventListener('error', () => reject(request.error ?? new Error('not deleted')));
      }),
  );
}
