/** With `DESCRY_SCREENSHOTS=1`, a failed test leaves a picture of each open page in `.cache/pictures/`. */
import { mkdir } from 'node:fs/promises';
import { afterEach } from 'vitest';
import { openSessions } from './session.ts';

const FOLDER = '.cache/pictures';
/** A page that hangs is one reason to fail, and takes no picture. */
const PICTURE_MS = 5_000;

if (process.env['DESCRY_SCREENSHOTS']) {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await mkdir(FOLDER, { recursive: true });
    for (const session of openSessions) {
      for (const [at, page] of (await session.browser.pages()).entries()) {
        const name = `${session.name} ${task.name}`.replaceAll(/[^\w-]+/g, '-');
        const taken = page.screenshot({ path: `${FOLDER}/${name}-${at}.png` }).catch(console.error);
        await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, PICTURE_MS))]);
      }
    }
  });
}
