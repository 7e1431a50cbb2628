import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createContextSource } from '../../../../entrypoints/background/jobs/page-context';
import type { JobFeed } from '../../../../utils/browser/messaging/job-feed-server';
import type { PageContext } from '../../../../utils/core/prompts/page-context';
import { setSitePageContext } from '../../../../utils/browser/settings/settings';
import { jobIn } from '../../../fixtures/jobs';
import { changeJob } from '../../../../utils/core/jobs/change-job';

const preset = { id: 'p', name: 'P', prompt: 'Describe. {purpose}', context: ['caption' as const] };
const job = jobIn({ status: 'queued' }, { preset });
const context = {
  texts: { caption: 'A pug' },
  purpose: { kind: 'informative', reason: 'captioned' },
} as const;

beforeEach(() => fakeBrowser.reset());

const READY = Promise.resolve(true);

/** What a page answers, as the feed gives it; without an answer, it never does. */
function sourceOf(answer?: PageContext) {
  const pageContext = vi.fn<JobFeed['pageContext']>((_, signal) =>
    answer
      ? Promise.resolve(answer)
      : new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(undefined));
        }),
  );
  return { source: createContextSource({ pageContext }), pageContext };
}

it('asks the page once, without waiting for its script', async () => {
  const { source, pageContext } = sourceOf(context);
  expect(await source.of(job, new Promise(() => undefined))).toEqual(context);
  expect(pageContext).toHaveBeenCalledOnce();
});

it('does not ask for what is there from the question before', async () => {
  const { source, pageContext } = sourceOf();
  expect(
    await source.of(changeJob(job, { type: 'contextFound', pageContext: context }), READY),
  ).toEqual(context);
  expect(pageContext).not.toHaveBeenCalled();
});

it('keeps the words of a quiet site back, and what the image is for not', async () => {
  await setSitePageContext('pages.example.com', true);
  expect(await sourceOf(context).source.of(job, READY)).toEqual({ ...context, texts: {} });
});

it('keeps the words of every site back where the choice of sites is not understood', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await fakeBrowser.storage.local.set({ sitesWithoutPageContext: { all: true } });
  expect(await sourceOf(context).source.of(job, READY)).toEqual({ ...context, texts: {} });
});

it('asks the page once more where its words were withheld before and are no longer', async () => {
  const withheld = { ...context, texts: {} };
  const before = changeJob(job, { type: 'contextFound', pageContext: withheld });
  expect(await sourceOf(context).source.of(before, READY)).toEqual(context);
  // It has gone since: what is known of the image stays.
  expect(await sourceOf().source.of(before, Promise.resolve(false))).toEqual(withheld);
});

it('does not wait for a page that cannot have a script', async () => {
  expect(await sourceOf().source.of(job, Promise.resolve(false))).toBeUndefined();
});

it('waits for no page for ever', async () => {
  vi.useFakeTimers();
  const { source, pageContext } = sourceOf();
  const found = source.of(job, READY);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await found).toBeUndefined();
  expect(pageContext.mock.lastCall?.[1].aborted).toBe(true);
  vi.useRealTimers();
});

it('asks nothing where the prompt has no use for it', async () => {
  const { source, pageContext } = sourceOf(context);
  expect(await source.of(jobIn({ status: 'queued' }), READY)).toBeUndefined();
  expect(pageContext).not.toHaveBeenCalled();
});
