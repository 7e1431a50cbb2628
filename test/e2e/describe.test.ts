import type { Job } from '../../utils/core/jobs/job.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countCards, waitForCard } from './harness/card.ts';
import { readStorage, seedConnection } from './harness/extension-page.ts';
import { describeImage } from './harness/image-menu.ts';
import { readJobs } from './harness/jobs.ts';
import { menuPlace } from './harness/menu-place.ts';
import { DEFAULT_ANSWER } from './harness/model-server.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { plainPng } from './harness/png.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';
import { stateOf } from '../../utils/core/jobs/turns.ts';

let session: Session;
const PUBLIC = 'images.example.com';

beforeAll(async () => {
  session = await startSession();
  await seedConnection(session, { provider: 'openai', key: 'sk-test-describe' });
  serveImagePage(session);
});

afterAll(() => session.stop());

afterEach(() => cleanUp(session));

const open = (path = '/', host?: string) => openPage(session, path, host);

describe('a right-click', () => {
  it('describes the image in a card beside it, words as they come', async () => {
    const hurry = session.model.answerSlowly('A teal rectangle. '.repeat(100));
    const page = await open();
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    const first = await card.waitForText('A teal');
    expect(first).toContain('Stop');
    hurry();
    const last = await card.waitForText('tokens');
    expect(last.match(/A teal rectangle\./g)).toHaveLength(100);
    expect(first.length).toBeLessThan(last.length);
    expect(last).toContain('gpt-6-luna');
    const [image, box] = await Promise.all([
      (await page.$('#image'))?.boundingBox(),
      card.host.boundingBox(),
    ]);
    expect(box?.x).toBeGreaterThanOrEqual((image?.x ?? 0) + (image?.width ?? 0));
    expect(Math.abs((box?.y ?? 0) - (image?.y ?? 0))).toBeLessThan(20);
    expect(await card.axe()).toEqual([]);
  });

  it('sends bytes of a local image, and of a public one its address alone', async () => {
    const local = await open();
    await describeImage(session, local, '#image');
    await (await waitForCard(session, local)).waitForText(DEFAULT_ANSWER);
    const visible = await open('/', PUBLIC);
    await describeImage(session, visible, '#image');
    await (await waitForCard(session, visible)).waitForText(DEFAULT_ANSWER);
    const [first, second] = session.model.requests();
    expect(first?.images).toEqual([expect.stringMatching(/^data:image\/png;base64,/)]);
    expect(second?.images).toEqual([session.pages.url('/teal.png', PUBLIC)]);
    expect(first?.prompt).toContain('alternative text');
  });

  it('asks with another preset of the menu', async () => {
    const page = await open();
    await describeImage(session, page, '#image', menuPlace('Detailed description'));
    const card = await waitForCard(session, page);
    expect(await card.waitForText(DEFAULT_ANSWER)).toContain('Detailed description');
    expect(session.model.requests()[0]?.prompt).toContain('in detail');
  });

  it('shows the running job instead of asking twice', async () => {
    const hurry = session.model.answerSlowly('A teal rectangle. '.repeat(100));
    const page = await open();
    await describeImage(session, page, '#image');
    await waitForCard(session, page);
    await describeImage(session, page, '#image');
    hurry();
    await (await waitForCard(session, page)).waitForText('tokens');
    expect(await countCards(page)).toBe(1);
    expect(session.model.requests()).toHaveLength(1);
  });

  it('works ten times in quick succession, in one card that goes along', async () => {
    const paths = Array.from({ length: 10 }, (_, i) => `/many/${i}.png`);
    paths.forEach((path, i) => {
      session.pages.file(path, plainPng(80, 60, [20 * i, 100, 200 - 20 * i]), 'image/png');
    });
    session.pages.page(
      '/many',
      paths.map((src, i) => `<img id="p${i}" src="${src}" alt="">`).join(' '),
    );
    session.model.answer(DEFAULT_ANSWER, { streamingProfile: { ttft: 1_500, tps: 20 } });
    const page = await open('/many', PUBLIC);
    for (const index of paths.keys()) await describeImage(session, page, `#p${index}`);
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER, 20_000);
    expect(await countCards(page)).toBe(1);
    const isDone = (job: Job) => {
      const state = stateOf(job);
      return state.status === 'done' && state.text === DEFAULT_ANSWER;
    };
    await poll('ten answers', async () => (await readJobs(session)).filter(isDone).length >= 10);
    const jobs = (await readJobs(session)).slice(0, 10);
    expect(jobs.map(({ image }) => image.srcUrl).toReversed()).toEqual(
      paths.map((path) => session.pages.url(path, PUBLIC)),
    );
    const asked = session.model.requests().flatMap(({ images }) => images);
    expect(asked.toSorted()).toEqual(paths.map((path) => session.pages.url(path, PUBLIC)));
  });
});

describe('by keyboard', () => {
  it('has the focus at once and gives it back to the image on Escape', async () => {
    session.pages.page(
      '/linked',
      '<button id="first">x</button><a id="link" href="#"><img id="image" src="/teal.png" alt="Teal"></a>',
    );
    const page = await open('/linked');
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText(DEFAULT_ANSWER);
    expect(await card.evaluate((root) => root.activeElement?.getAttribute('role'))).toBe('dialog');
    await card.press('Tab');
    expect(await card.evaluate((root) => root.activeElement?.localName)).toBe('button');
    await card.press('Escape');
    await poll('no card', async () => (await countCards(page)) === 0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
  });

  it('is told what happens once, and never word by word', async () => {
    const answer = 'A teal rectangle. '.repeat(100).trim();
    const hurry = session.model.answerSlowly(answer);
    const page = await open();
    await describeImage(session, page, '#image');
    const card = await waitForCard(session, page);
    await card.waitForText('A teal');
    await card.evaluate((root) => {
      const region = root.querySelector('[role="status"]');
      const said = [region?.textContent ?? ''];
      Object.assign(root, { said });
      const observer = new MutationObserver(() => said.push(region?.textContent ?? ''));
      if (region) observer.observe(region, { childList: true, characterData: true, subtree: true });
    });
    hurry();
    const heardSoFar = () => card.evaluate((root) => Reflect.get(root, 'said') as string[]);
    await poll('the end', async () => (await heardSoFar()).some((each) => each.includes('teal')));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const heard = await heardSoFar();
    expect(heard.filter((words) => words !== '')).toEqual(['Describing…', answer]);
  });
});

it('leaves an untouched page untouched', async () => {
  const page = await open();
  await page.waitForSelector('#image');
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  const other = await open('/', PUBLIC);
  await describeImage(session, other, '#image');
  await (await waitForCard(session, other)).waitForText(DEFAULT_ANSWER);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  // Firefox counts the icon it looks for by itself.
  expect(loaded.filter((path) => path !== '/favicon.ico')).toEqual(['/teal.png']);
});

it('keeps the key to itself: no page, no job, no text has it', async () => {
  const page = await open();
  await describeImage(session, page, '#image');
  const card = await waitForCard(session, page);
  await card.waitForText(DEFAULT_ANSWER);
  expect(await card.evaluate((root) => root.querySelector('.card')?.outerHTML)).not.toContain(
    'sk-test',
  );
  expect(JSON.stringify(await readStorage(session))).not.toContain('sk-test');
  const jobs = JSON.stringify(await readJobs(session));
  expect(jobs).toContain(DEFAULT_ANSWER);
  expect(jobs).not.toContain('sk-test');
});
