import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createContextSource } from '../../../entrypoints/background/page-context';
import { setQuietSite } from '../../../utils/settings/settings';
import { jobIn } from '../../fixtures/jobs';

const preset = { id: 'p', name: 'P', prompt: 'Describe. {role}', context: ['caption' as const] };
const job = jobIn({ status: 'queued' }, { preset });
const context = {
  texts: { caption: 'A pug' },
  purpose: { role: 'informative', reason: 'captioned' },
} as const;

beforeEach(() => fakeBrowser.reset());

it('takes what the page tells before it is asked', async () => {
  const source = createContextSource();
  // The script is on its way, and would not be asked before it is there.
  const found = source.of(job, new Promise(() => undefined));
  source.told('another', { texts: {} });
  source.told(job.id, context);
  expect(await found).toEqual(context);
});

it('keeps the words of a quiet site back, and what the picture is for not', async () => {
  await setQuietSite('pages.example.com', true);
  const source = createContextSource();
  const found = source.of(job, new Promise(() => undefined));
  source.told(job.id, context);
  expect(await found).toEqual({ ...context, texts: {} });
});

it('waits for no page for ever', async () => {
  vi.useFakeTimers();
  const found = createContextSource().of(job, new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await found).toBeUndefined();
  vi.useRealTimers();
});

it('asks nothing where the prompt has no use for it', async () => {
  const source = createContextSource();
  const plain = jobIn({ status: 'queued' });
  expect(await source.of(plain, Promise.resolve(true))).toBeUndefined();
});
