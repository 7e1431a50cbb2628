/** What most tests begin with: a real right-click on the image of a fresh page. */
import type { Page } from 'puppeteer-core';
import { waitForCard, type CardHandle } from './card.ts';
import { describeImage } from './image-menu.ts';
import { openPage } from './image-page.ts';
import type { Session } from './session.ts';

/** Gives the page and its card, once that is there. */
export async function clickImage(session: Session): Promise<{ page: Page; card: CardHandle }> {
  const page = await openPage(session);
  await describeImage(session, page, '#image');
  return { page, card: await waitForCard(session, page) };
}
