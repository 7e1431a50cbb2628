/** Calls of other contexts, made up: whatever is sent by whomever is answered, and does no more than
 * its sender may. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Sender } from '../../entrypoints/background/answer-calls';
import { startHandlers, type Parts } from '../../entrypoints/background/handlers';
import { ERROR_CODES } from '../../utils/errors';
import type { Job } from '../../utils/jobs/job';
import { backgroundCalls } from '../../utils/messaging/calls';
import { DONE } from '../fixtures/job-states';
import { jobIn, RUNNING } from '../fixtures/jobs';
import { always } from './always';

const OURS = fakeBrowser.runtime.id;
const JOBS = [
  jobIn(DONE, { id: 'of-7', tabId: 7 }),
  jobIn(RUNNING, { id: 'of-8', tabId: 8 }),
  // A file is of no tab.
  jobIn(DONE, { id: 'of-none', tabId: -1 }),
];

/** What a call did: to which job, or as a new one in which tab. */
interface Effect {
  what: string;
  jobId?: string;
  tabId?: number;
}
let effects: Effect[] = [];
const calls = new Map<string, (message: { data: unknown; sender: Sender }) => unknown>();

/** Every method is there, and writes down what it was called for. */
function recorder(name: string, effectOf: (first: unknown) => object, more: object = {}): never {
  const methods = new Proxy(more, {
    get: (target, key): unknown =>
      Reflect.get(target, key) ??
      ((first: unknown) => {
        effects.push({ what: `${name}.${String(key)}`, ...effectOf(first) });
        return Promise.resolve('new');
      }),
  });
  return methods as never;
}
const onJobs = (name: string, more?: object) =>
  recorder(name, (first) => ({ jobId: String(first) }), more);
const inTabs = (name: string) => recorder(name, (first) => ({ tabId: tabIdOf(first) }));
const tabIdOf = (tab: unknown) =>
  Number(typeof tab === 'object' && tab !== null ? Reflect.get(tab, 'tabId') : tab);

beforeAll(() => {
  vi.spyOn(backgroundCalls, 'onMessage').mockImplementation((name, listener) => {
    calls.set(name, listener as never);
    return () => undefined;
  });
  const jobs = new Map<string, Job>(JOBS.map((job) => [job.id, job]));
  startHandlers({
    journal: onJobs('journal'),
    runner: onJobs('runner', { resumeWaiting: () => Promise.resolve([]) }),
    store: onJobs('store', {
      ready: Promise.resolve(),
      get: (jobId: string) => jobs.get(jobId),
      list: () => JOBS,
      put: ({ id }: Job) => {
        effects.push({ what: 'store.put', jobId: id });
        return Promise.resolve();
      },
    }),
    feed: onJobs('feed', { changed: () => undefined }),
    connections: {
      byId: () => Promise.resolve(undefined),
      all: () => Promise.resolve([]),
      choose: () => Promise.resolve(undefined),
    },
    describe: inTabs('describe'),
    compare: inTabs('compare'),
    kept: onJobs('kept'),
    preparePage: () => Promise.resolve(false),
    preparePicks: () => Promise.resolve(false),
  } satisfies Parts);
});

beforeEach(() => {
  // Each refusal of a schema is written there.
  console.error = () => undefined;
  vi.stubGlobal('fetch', async () => {
    await Promise.reject(new Error('no network'));
  });
  const set: unknown = () => {
    effects.push({ what: 'settings' });
    return Promise.resolve();
  };
  vi.spyOn(fakeBrowser.storage.local, 'set').mockImplementation(set as never);
});

const { error } = console;
afterAll(() => {
  console.error = error;
  vi.unstubAllGlobals();
});

const page = 'https://pages.example.com/';
const own = `chrome-extension://${OURS}/popup.html`;
const address = fc.constantFrom(page, own, undefined, '', 'chrome-extension://other/popup.html');
const tab = fc.constantFrom(undefined, { id: 7 }, { id: 8 }, { id: 9 }, { id: -1 }, {});
interface MadeSender {
  id: string | undefined;
  url: string | undefined;
  tab: { id?: number } | undefined;
}
const sender: fc.Arbitrary<MadeSender> = fc.record({
  id: fc.constantFrom(OURS, 'other', undefined),
  url: address,
  tab,
});

const text = fc.oneof(fc.string({ maxLength: 40 }), fc.constant('x'.repeat(20_001)));
const loose = fc.anything({ maxDepth: 2 });
const or = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: loose });
/** Close enough to what is asked for that much of it is let in. */
const data = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        jobId: or(fc.constantFrom(...JOBS.map(({ id }) => id), 'none', '__proto__')),
        tabId: or(fc.constantFrom(7, 8, -1)),
        question: or(text),
        text: or(text),
        alt: or(text),
        quiet: or(fc.boolean()),
        longer: or(fc.boolean()),
        role: or(fc.constantFrom('complex', 'text', 'none')),
        using: or(fc.record({ connectionId: text, model: text })),
        context: or(fc.record({ texts: fc.record({ caption: text }, { requiredKeys: [] }) })),
        thumbnail: or(fc.constant('data:image/png;base64,AAAA')),
        size: or(fc.record({ width: fc.nat(), height: fc.nat() })),
        picture: or(
          fc.record({
            pictureId: text,
            type: fc.constantFrom('image', 'canvas', 'region'),
            srcUrl: text,
            documentUrl: text,
          }),
        ),
        presetId: or(text),
        dataUrl: or(fc.constant('data:image/png;base64,AAAA')),
        name: or(text),
        id: or(text),
        page: or(fc.constantFrom('welcome', 'options')),
        connectionId: or(text),
      },
      { requiredKeys: ['jobId', 'tabId', 'picture', 'text', 'quiet', 'page', 'connectionId'] },
    ),
  },
  { weight: 1, arbitrary: loose },
);

/** What a sender must not have done. */
function forbidden({ id, url, tab: of }: MadeSender): Effect[] {
  if (id !== OURS) return effects;
  if (url === own) return [];
  const tabId = of?.id ?? -1;
  const jobs = new Set(
    JOBS.filter((job) => tabId >= 0 && job.tabId === tabId).map((job) => job.id),
  );
  return effects.filter((effect) => {
    if (effect.what === 'settings') return jobs.size === 0;
    if (effect.jobId !== undefined) return !jobs.has(effect.jobId);
    return effect.what !== 'describe.picked' || tabId < 0 || effect.tabId !== tabId;
  });
}

describe('a call', () => {
  it('of anybody with anything is answered, and touches no job but those of its sender', async () => {
    const names = [...calls.keys()];
    expect(names.length).toBeGreaterThan(25);
    let allowed = 0;
    await always(fc.tuple(fc.constantFrom(...names), data, sender), async ([name, sent, from]) => {
      effects = [];
      const answer = await calls.get(name)?.({ data: sent, sender: from as Sender });
      const { ok, code } = answer as { ok: boolean; code?: string };
      expect(ok || ERROR_CODES.some((each) => each === code)).toBe(true);
      expect(ok && from.id !== OURS).toBe(false);
      expect(forbidden(from)).toEqual([]);
      allowed += effects.length;
    });
    // It was not all refused at the door.
    expect(allowed).toBeGreaterThan(100);
  });
});
