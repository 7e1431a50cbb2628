/** Two hundred images at once: how much longer than their answers need, so many at a time. */
import { openExtensionPage } from '../e2e/harness/extension-page.ts';
import { readHistory } from '../e2e/harness/history.ts';
import { poll } from '../e2e/harness/poll.ts';
import { askAbout, manyImages } from './files.ts';
import { now, startModelClock } from './model-clock.ts';
import type { Figure } from './report.ts';
import { startDescry } from './subjects.ts';

const IMAGES = 200;
const ANSWER_MS = 500;
const MAX_MS = 180_000;

/** With no page of Descry's to show them, and with the popup showing them. */
export async function benchCrowd(): Promise<Figure[]> {
  return [await crowd('manifest.json', ''), await crowd('popup.html', ', shown by the popup')];
}

/** From the first call to the end of the last answer; the server sees how many are open at once. */
async function crowd(askingPage: string, shown: string): Promise<Figure> {
  const clock = await startModelClock({ firstWordMs: ANSWER_MS, moreMs: 0 });
  const descry = await startDescry(clock);
  const page = await openExtensionPage(descry, askingPage);
  const images = manyImages(IMAGES);
  const start = now();
  const taken = await askAbout(page, images);
  if (taken !== IMAGES) throw new Error(`only ${taken} were taken`);
  await poll('all answers', () => clock.ended >= IMAGES, { timeout: MAX_MS });
  const took = now() - start;
  await page.close();
  await poll('all in the history', async () => (await readHistory(descry)).length === IMAGES);
  await Promise.all([descry.stop(), clock.stop()]);
  const limit = (IMAGES * ANSWER_MS) / clock.mostAtOnce;
  return {
    what: `${IMAGES} images, ${ANSWER_MS} ms each${shown}`,
    unit: 'ms',
    descry: [took],
    floor: { name: `the answers alone, ${clock.mostAtOnce} at once`, values: [limit] },
    aim: { ratio: 1.05 },
  };
}
