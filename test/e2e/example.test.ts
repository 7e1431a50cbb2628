/** The end-to-end test that `test/README.md` begins with. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clickImage } from './harness/click-image.ts';
import { seedConnection } from './harness/extension-page.ts';
import { serveImagePage } from './harness/image-page.ts';
import { startSession, type Session } from './harness/session.ts';

let session: Session;
beforeAll(async () => (session = await startSession()));
afterAll(() => session.stop());

it('a right-click on an image brings its description', async () => {
  serveImagePage(session);
  await seedConnection(session);
  session.model.answer('A teal rectangle.');
  const { card } = await clickImage(session);
  expect(await card.waitForText('A teal rectangle.')).toContain('Alt text');
  expect(session.model.requests()).toHaveLength(1);
  expect(await card.axe()).toEqual([]);
});
