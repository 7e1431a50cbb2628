/** Whether a card says that Descry is gone, frame by frame: what flashes up for one is seen, too. */
import type { CardHandle } from './card.ts';

export interface CutOffRecord {
  frames: number;
  /** In how many of them it said so. In the others the words are not displayed, nor told to readers. */
  said: number;
}

/** Looks at each frame from now on, as it is about to be drawn. Gives what was seen until it is asked. */
export async function recordCutOff(card: CardHandle): Promise<() => Promise<CutOffRecord>> {
  await card.evaluate((root) => {
    const record: CutOffRecord = { frames: 0, said: 0 };
    Reflect.set(root, 'cutOffRecord', record);
    const look = () => {
      const words = root.querySelector('.card-cut-off');
      record.frames += 1;
      if (words?.checkVisibility({ visibilityProperty: true })) record.said += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () =>
    card.evaluate(async (root) => {
      // The first ones after a pause count most.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      return Reflect.get(root, 'cutOffRecord') as CutOffRecord;
    });
}

/** Keeps the page's script busy, so that nothing else of the page runs and no frame is drawn. */
export async function standStill(card: CardHandle, milliseconds: number): Promise<void> {
  await card.evaluate((_, time) => {
    const end = performance.now() + time;
    while (performance.now() < end);
  }, milliseconds);
}

/** All that the card still offers to press or to fill in, by name. */
export async function offeredIn(card: CardHandle): Promise<string[]> {
  return await card.evaluate((root) =>
    [...root.querySelectorAll('button, input, select, textarea')]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .map((each) => each.getAttribute('aria-label') ?? each.textContent.trim()),
  );
}
