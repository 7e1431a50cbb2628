/** What the background keeps from windows of the other kind; `test/e2e/private.test.ts` has the whole. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Dependencies } from '../../../../entrypoints/background/calls/dependencies';
import { backgroundListeners } from '../../../../entrypoints/background/calls/handlers';
import { lastAnswered } from '../../../../entrypoints/background/menus/insert-answer';
import { createContextSource } from '../../../../entrypoints/background/jobs/page-context';
import { startTrayBadge } from '../../../../entrypoints/background/menus/tray-badge';
import { saveTray, type ChosenImage } from '../../../../utils/browser/jobs/comparison-tray';
import type { Job } from '../../../../utils/core/jobs/job';
import { forgetPrivateSites } from '../../../../utils/browser/settings/private-sites';
import { readConnections, saveConnection } from '../../../../utils/browser/settings/settings';
import { DONE } from '../../../fixtures/job-states';
import { jobIn } from '../../../fixtures/jobs';

const { image } = jobIn(DONE);
const PRIVATE = { ...image, private: true };
const connection = { id: 'c1', provider: 'openai', baseUrl: 'https://api.openai.com/v1' } as const;

beforeEach(() => fakeBrowser.reset());

/** The handlers over some jobs, asked as our own pages ask. */
function withJobs(...jobs: Job[]) {
  const retry = vi.fn<Dependencies['runner']['retry']>().mockResolvedValue();
  const get = (id: string) => jobs.find((job) => job.id === id);
  const calls = backgroundListeners({
    store: { ready: Promise.resolve(), get },
    runner: { retry },
    connections: { choose: () => Promise.resolve({ connection }) },
    describe: {},
  } as unknown as Dependencies);
  const sender = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/popup.html') };
  const call = async (name: string, data: object) => await calls.get(name)?.({ data, sender });
  return { call, retry };
}

describe('the switch for a site, pressed in a private window', () => {
  const preset = {
    id: 'p',
    name: 'P',
    prompt: 'Describe. {purpose}',
    context: ['caption' as const],
  };
  const context = { texts: { caption: 'A pug' } };
  const job = (id: string, isPrivate: boolean) =>
    jobIn(
      { status: 'queued' },
      { id, preset, pageContext: context, image: isPrivate ? PRIVATE : image },
    );
  const feed = { pageContext: () => Promise.resolve(undefined) };
  const textsOf = async (which: Job) =>
    (await createContextSource(feed).of(which, Promise.resolve(true)))?.texts;

  it('holds there alone, is on no disk, and is forgotten with the windows', async () => {
    const { call } = withJobs(job('a', true));
    await call('site.withoutPageContext', { jobId: 'a', withhold: true });
    expect(JSON.stringify(await fakeBrowser.storage.local.get())).not.toContain('example.com');
    expect(await textsOf(job('a', true))).toEqual({});
    expect(await textsOf(job('b', false))).toEqual(context.texts);
    await forgetPrivateSites();
    expect(JSON.stringify(await fakeBrowser.storage.session.get())).not.toContain('example.com');
    expect(await textsOf(job('a', true))).toEqual(context.texts);
  });

  it('lets the words of a site go along there that is quiet elsewhere, and changes nothing there', async () => {
    const { call } = withJobs(job('a', true), job('b', false));
    await call('site.withoutPageContext', { jobId: 'b', withhold: true });
    expect(await textsOf(job('a', true))).toEqual({});
    await call('site.withoutPageContext', { jobId: 'a', withhold: false });
    expect(await textsOf(job('a', true))).toEqual(context.texts);
    expect(await textsOf(job('b', false))).toEqual({});
    expect(await fakeBrowser.storage.local.get('sitesWithoutPageContext')).toEqual({
      sitesWithoutPageContext: ['pages.example.com'],
    });
  });
});

it.each([
  [true, 'old'],
  [false, 'new'],
])(
  'another model in place of one that is gone: in private (%s), %s stays stored',
  async (isPrivate, model) => {
    await saveConnection({ id: 'c1', set: { ...connection, model: 'old' }, unset: [] });
    const failure = { code: 'modelNotFound' as const, replacement: 'new' };
    const job = jobIn(
      { status: 'failed', failure, text: '' },
      { id: 'a', image: isPrivate ? PRIVATE : image },
    );
    const { call, retry } = withJobs(job);
    const place = { jobId: 'a', answerId: '1' };
    await call('job.replaceModel', place);
    expect((await readConnections())[0]?.model).toBe(model);
    expect(retry).toHaveBeenCalledWith(place, { using: { connectionId: 'c1', model: 'new' } });
  },
);

it('the last description is that of windows of the same kind', () => {
  const jobs = [
    jobIn(DONE, { id: 'newest, private', image: PRIVATE }),
    jobIn(DONE, { id: 'older' }),
  ];
  const store = { list: () => jobs };
  expect(lastAnswered(store, true)?.job.id).toBe('newest, private');
  expect(lastAnswered(store, false)?.job.id).toBe('older');
  expect(lastAnswered({ list: () => jobs.slice(0, 1) }, false)).toBeUndefined();
  expect(lastAnswered({ list: () => jobs.slice(1) }, true)).toBeUndefined();
});

describe('the number on the button', () => {
  const chosen = (id: string, isPrivate: boolean): ChosenImage => ({
    id,
    title: 'A',
    tabId: 7,
    image: isPrivate ? PRIVATE : image,
  });

  it('counts nothing of private windows, and is not there while one is open', async () => {
    let shown: string | undefined;
    Object.assign(fakeBrowser.action, {
      setBadgeText: ({ text }: { text: string }) => Promise.resolve(void (shown = text)),
    });
    startTrayBadge();
    await saveTray([chosen('a', true), chosen('b', false), chosen('c', true)]);
    await vi.waitFor(() => expect(shown).toBe('1'));
    const opened = await fakeBrowser.windows.create({ incognito: true });
    await vi.waitFor(() => expect(shown).toBe(''));
    await saveTray([chosen('a', true), chosen('b', false)]);
    await fakeBrowser.windows.remove(opened?.id ?? -1);
    await vi.waitFor(() => expect(shown).toBe('1'));
  });
});
