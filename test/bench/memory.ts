/** The memory of the background after five descriptions, after 250 and after five hundred. */
import { openExtensionPage } from '../e2e/harness/extension-page.ts';
import { poll } from '../e2e/harness/poll.ts';
import type { Session } from '../e2e/harness/session.ts';
import { askAbout, manyImages } from './files.ts';
import { startModelClock } from './model-clock.ts';
import type { Figure } from './report.ts';
import { startDescry } from './subjects.ts';

const FEW = 5;
/** More than the background holds of this session's jobs. */
const BOUND = 250;
const MANY = 500;
/** So many are asked about at once. */
const BATCH = 50;
/** Until thumbnails are drawn and everything is stored. */
const REST_MS = 2_000;

/** What the worker holds after a garbage collection, which a debugger asks for: no time is taken here. */
export async function benchMemory(): Promise<Figure[]> {
  const clock = await startModelClock({ firstWordMs: 10, moreMs: 0 });
  const descry = await startDescry(clock);
  const page = await openExtensionPage(descry, 'manifest.json');
  const describe = async (from: number, to: number) => {
    for (let at = from; at < to; at += BATCH) {
      const count = Math.min(BATCH, to - at);
      const taken = await askAbout(page, manyImages(count, at));
      if (taken !== count) throw new Error(`only ${taken} were taken`);
      await poll('their answers', () => clock.ended >= at + count, { timeout: 60_000 });
    }
  };
  await describe(0, FEW);
  const few = await heldBy(descry);
  await describe(FEW, BOUND);
  const bound = await heldBy(descry);
  await describe(BOUND, MANY);
  const many = await heldBy(descry);
  await Promise.all([descry.stop(), clock.stop()]);
  const figure = { what: `Memory of the background after ${MANY}`, unit: 'MB', descry: [many] };
  return [
    { ...figure, floor: { name: `after ${FEW}`, values: [few] }, aim: { ratio: 1.1 } },
    { ...figure, floor: { name: `after ${BOUND}`, values: [bound] }, aim: { ratio: 1.1 } },
  ];
}

async function heldBy({ browser, extensionId }: Session): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const devtools = await browser.target().createCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.includes(extensionId),
  );
  if (!worker) throw new Error('the worker sleeps');
  const connection = devtools.connection();
  const session = await connection?.createSession(worker);
  await session?.send('HeapProfiler.collectGarbage');
  const heap = await session?.send('Runtime.getHeapUsage');
  await session?.detach();
  await devtools.detach();
  if (!heap) throw new Error('no heap');
  const { usedSize, backingStorageSize } = heap;
  return (usedSize + backingStorageSize) / 1e6;
}
