import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { waitForCard } from './harness/card.ts';
import { clickImage } from './harness/click-image.ts';
import { seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { stopBackground } from './harness/worker.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';
import { stateIn } from '../fixtures/jobs.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  await seedConnection(session, { key: 'sk-test-failures' });
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

it('a refused key is said in words, with the way to the settings', async () => {
  session.model.fail({ status: 401, message: 'Incorrect API key provided: sk-test-failures' });
  const { card } = await clickImage(session);
  const text = await card.waitForText('key');
  expect(text).toMatch(/refused/i);
  expect(text).not.toContain(DEFAULT_ANSWER);
  expect(text).not.toContain('sk-test');
  expect(JSON.stringify(await readJobs(session))).not.toContain('sk-test');
  expect(await card.axe()).toEqual([]);
  await card.clickButton('Retry');
  await card.waitForText(DEFAULT_ANSWER);
});

it('a rate limit is visibly waited for, and then answered', async () => {
  session.model.fail({ status: 429, message: 'Slow down', retryAfter: 2 });
  const { card } = await clickImage(session);
  expect(await card.waitForText('attempt 2 of 3')).toMatch(/\d\ss/);
  expect(await card.axe()).toEqual([]);
  await card.waitForText(DEFAULT_ANSWER);
  expect(session.model.requests()).toHaveLength(2);
});

it('a server error is tried three times, then said', async () => {
  session.model.fail({ status: 500, message: 'The server had an error', times: 3 });
  const { card } = await clickImage(session);
  await card.waitForText(/server.*(error|trouble|problem|failed)/i, 15_000);
  await poll('three tries', () => Promise.resolve(session.model.requests().length === 3));
  const job = await poll('the failure', async () =>
    (await readJobs(session)).find((each) => stateOf(each).status === 'failed'),
  );
  expect(stateOf(job)).toMatchObject({ failure: { code: 'serverError', status: 500 }, text: '' });
});

it('an unknown model is said by its name, with the way to choose another', async () => {
  session.model.fail({ status: 404, message: 'The model does not exist', code: 'model_not_found' });
  const { card } = await clickImage(session);
  expect(await card.waitForText(/model/i)).toMatch(/settings/i);
});

it('Stop ends it in mid-stream and keeps the words', async () => {
  session.model.answerSlowly('word '.repeat(400));
  const { card } = await clickImage(session);
  await card.waitForText('word word');
  await card.clickButton('Stop');
  await card.waitForText(/stopped/i);
  const words = () => card.evaluate((root) => root.querySelector('.job-words')?.textContent);
  const stopped = await words();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(await words()).toBe(stopped);
  const [job] = await readJobs(session);
  expect(stateIn(job)?.status).toBe('stopped');
  expect(await card.axe()).toEqual([]);
});

it('a stream that breaks off keeps its words, marked as incomplete', async () => {
  session.model.answer('A teal rectangle. '.repeat(20), {
    streamingProfile: { ttft: 100, tps: 10 },
    truncateAfterChunks: 8,
  });
  const { card } = await clickImage(session);
  const text = await card.waitForText(/incomplete/i);
  expect(text).toContain('A teal');
  expect(text).toContain('The connection was lost');
  expect(text).not.toContain('tokens');
});

it('the death of the background in mid-stream is said, and its words stay', async () => {
  session.model.answerSlowly('A teal rectangle. '.repeat(100));
  const { page, card } = await clickImage(session);
  await card.waitForText('A teal rectangle. A teal');
  await new Promise((resolve) => setTimeout(resolve, 600));
  await stopBackground(session);
  await page.bringToFront();
  const text = await card.waitForText('Interrupted');
  expect(text).toContain('A teal rectangle. A teal');
  expect(stateIn((await readJobs(session))[0])).toMatchObject({
    failure: { code: 'interrupted' },
    text: expect.stringContaining('A teal rectangle. A teal') as string,
  });
  session.model.answer(DEFAULT_ANSWER);
  await card.clickButton('Retry');
  await card.waitForText(DEFAULT_ANSWER);
});

it('an answer cut at the limit says so and offers more room', async () => {
  session.model.answer('A teal rectangle with', { finishReason: 'length' });
  const { card } = await clickImage(session);
  await card.waitForText('A teal rectangle with');
  await card.clickButton('Retry with a higher length limit');
  await poll('a second request', () => Promise.resolve(session.model.requests().length === 2));
  expect(session.model.requests().map(({ body }) => body.max_tokens)).toEqual([4_000, 8_000]);
});

it('an empty answer is an error', async () => {
  session.model.answer('');
  const { card } = await clickImage(session);
  await card.waitForText(/no words|empty|nothing/i);
});

it('a server that stays silent is given up after the set time', async () => {
  await seedConnection(session, { firstWordSeconds: 2 });
  session.model.answer(DEFAULT_ANSWER, { streamingProfile: { ttft: 30_000, tps: 10 } });
  const { card } = await clickImage(session);
  await card.waitForText(/time|answer/i);
  await poll('the failure', async () => stateIn((await readJobs(session))[0])?.status === 'failed');
  expect(stateIn((await readJobs(session))[0])).toMatchObject({ failure: { code: 'timedOut' } });
});

it('a server that is not there is said in words', async () => {
  await seedConnection(session, { baseUrl: 'http://127.0.0.1:9/v1' });
  const { card } = await clickImage(session);
  await card.waitForText(/reach/i);
});

it('an image that nobody may read, and that is not to be seen any more, is an error of its own', async () => {
  await seedConnection(session);
  session.pages.serve(
    '/once.png',
    (() => {
      let left = 1;
      return () => {
        left -= 1;
        const headers = { 'content-type': 'image/png', 'cache-control': 'no-store' };
        return left >= 0 ? { body: plainPng(90, 90), headers } : { status: 403 };
      };
    })(),
  );
  session.pages.page(
    '/once',
    // The page takes it away while the menu is open.
    `<img id="image" oncontextmenu="setTimeout(() => this.remove(), 100)" src="${session.pages.url('/once.png', 'other.example.org')}">`,
  );
  const page = await openPage(session, '/once');
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  await card.waitForText('The image could not be read');
  await poll('the failure', async () => stateIn((await readJobs(session))[0])?.status === 'failed');
  expect(stateIn((await readJobs(session))[0])).toMatchObject({
    failure: { code: 'imageUnreadable' },
  });
});
