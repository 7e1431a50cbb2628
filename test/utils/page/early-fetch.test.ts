import { runInThisContext } from 'node:vm';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchEarly, takeEarlyFetch } from '../../../utils/page/early-fetch';

const ADDRESS = 'https://example.com/dog.png';

let asked: { address: string; signal: AbortSignal }[];

beforeEach(() => {
  asked = [];
  globalThis.descryEarlyFetch = undefined;
  vi.stubGlobal('fetch', (address: string, { signal }: { signal: AbortSignal }) => {
    asked.push({ address, signal });
    return Promise.resolve(new Response('bytes'));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
});

const take = (address = ADDRESS, signal = new AbortController().signal) =>
  takeEarlyFetch(address, signal);

describe('fetchEarly', () => {
  it('works as text alone, as the browser puts it into a page', () => {
    const alone = runInThisContext(`(${fetchEarly.toString()})`) as typeof fetchEarly;
    alone(ADDRESS, 1_000);
    expect(asked.map(({ address }) => address)).toEqual([ADDRESS]);
  });

  it('gives its response once', async () => {
    fetchEarly(ADDRESS, 1_000);
    expect(await (await take())?.text()).toBe('bytes');
    expect(take()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('ends where the page knows a better address', () => {
    fetchEarly(ADDRESS, 1_000);
    expect(take('https://example.com/large.png')).toBeUndefined();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('ends with the one who took it', () => {
    fetchEarly(ADDRESS, 1_000);
    const controller = new AbortController();
    void take(ADDRESS, controller.signal);
    expect(asked[0]?.signal.aborted).toBe(false);
    controller.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('ends where it was taken by one who has already stopped', () => {
    fetchEarly(ADDRESS, 1_000);
    void take(ADDRESS, AbortSignal.abort());
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('ends by itself where nobody takes it', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    fetchEarly(ADDRESS, 1_000);
    vi.advanceTimersByTime(1_000);
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('gives way to the next', () => {
    fetchEarly(ADDRESS, 1_000);
    fetchEarly('https://example.com/cat.png', 1_000);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(take()).toBeUndefined();
  });
});
