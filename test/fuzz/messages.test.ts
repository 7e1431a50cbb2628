/** Calls of other contexts, spoiled: whatever is sent by whomever is answered, and does no more than
 * its sender may. */
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Browser } from 'wxt/browser';
import type { Dependencies } from '../../entrypoints/background/calls/dependencies';
import { backgroundListeners } from '../../entrypoints/background/calls/handlers';
import { ERROR_CODES } from '../../utils/core/errors';
import type { Job } from '../../utils/core/jobs/job';
import type { BackgroundCalls } from '../../utils/browser/messaging/background-calls';
import { jobInput } from '../../utils/browser/messaging/job-calls';
import { DONE } from '../fixtures/job-states';
import { jobIn, RUNNING } from '../fixtures/jobs';
import { always } from './always';
import { spoiledJson } from './spoil';
import { withQuickPassphrases } from '../fixtures/quick-passphrase';

withQuickPassphrases();

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
let calls: ReturnType<typeof backgroundListeners>;

/** Every method is there, and writes down what it was called for. */
function recorder(name: string, effectOf: (first: unknown) => object, more: object = {}): object {
  const methods = new Proxy(more, {
    get: (target, key): unknown =>
      Reflect.get(target, key) ??
      ((first: unknown) => {
        effects.push({ what: `${name}.${String(key)}`, ...effectOf(first) });
        return Promise.resolve('new');
      }),
  });
  return methods;
}
const onJobs = (name: string, more?: object) =>
  recorder(name, (first) => ({ jobId: jobIdIn(first) }), more);

/** A job is named by its id, or with one of its answers. */
function jobIdIn(first: unknown): string {
  return String(v.is(jobInput, first) ? first.jobId : first);
}
const inTabs = (name: string) => recorder(name, (first) => ({ tabId: tabIdOf(first) }));
const tabIdOf = (tab: unknown) =>
  Number(typeof tab === 'object' && tab !== null ? Reflect.get(tab, 'tabId') : tab);

beforeAll(() => {
  const jobs = new Map<string, Job>(JOBS.map((job) => [job.id, job]));
  calls = backgroundListeners({
    journal: onJobs('journal') as Dependencies['journal'],
    runner: onJobs('runner', {
      resumeWaiting: () => {
        effects.push({ what: 'runner.resumeWaiting' });
        return Promise.resolve([]);
      },
    }) as Dependencies['runner'],
    store: onJobs('store', {
      ready: Promise.resolve(),
      get: (jobId: string) => jobs.get(jobId),
      list: () => JOBS,
      put: ({ id }: Job) => {
        effects.push({ what: 'store.put', jobId: id });
        return Promise.resolve();
      },
    }) as Dependencies['store'],
    feed: onJobs('feed', { changed: () => undefined }) as Dependencies['feed'],
    connections: {
      byId: () => Promise.resolve(undefined),
      all: () => Promise.resolve([]),
      choose: () => Promise.resolve(undefined),
    },
    describe: inTabs('describe') as Dependencies['describe'],
    compare: inTabs('compare') as Dependencies['compare'],
    storedImages: onJobs('storedImages') as Dependencies['storedImages'],
    preparePage: () => Promise.resolve(false),
    preparePicks: () => Promise.resolve(false),
  } satisfies Dependencies);
});

beforeEach(() => {
  // Each refusal of a schema is written there.
  console.error = () => undefined;
  vi.stubGlobal('fetch', async () => {
    await Promise.reject(new Error('no network'));
  });
  Object.assign(fakeBrowser.permissions, { contains: () => Promise.resolve(true) });
  const set = (items: object) => {
    effects.push({ what: 'sitesWithoutPageContext' in items ? 'settings.site' : 'settings' });
    return Promise.resolve();
  };
  Object.assign(fakeBrowser.storage.local, { set });
});

const { error } = console;
afterAll(() => {
  console.error = error;
  vi.unstubAllGlobals();
});

const page = 'https://pages.example.com/';
const own = `chrome-extension://${OURS}/popup.html`;
const address = fc.constantFrom(
  page,
  page,
  page,
  own,
  own,
  own,
  undefined,
  '',
  'chrome-extension://other/popup.html',
);
const tab = fc.constantFrom(
  { id: 7 },
  { id: 7 },
  { id: 8 },
  { id: 8 },
  { id: 9 },
  { id: -1 },
  {},
  undefined,
);
interface MadeSender {
  id: string | undefined;
  url: string | undefined;
  tab: { id?: number } | undefined;
}
const sender: fc.Arbitrary<MadeSender> = fc.record({
  id: fc.constantFrom(OURS, OURS, OURS, OURS, OURS, 'other', undefined),
  url: address,
  tab,
});

const image = {
  imageId: 'p1',
  type: 'image',
  srcUrl: 'https://images.example.com/dog.jpg',
  documentUrl: page,
};
const png = 'data:image/png;base64,AAAA';
const CONNECTION = { provider: 'custom', baseUrl: 'https://api.example.com/v1', model: 'm' };
/** A call of each kind as it is made; those about a job are made up for each job. */
const CALLS: Readonly<Record<keyof BackgroundCalls, object>> = {
  'job.stop': { answerId: '1' },
  'job.retry': { answerId: '1', longer: true, purpose: 'complex' },
  'job.continue': { answerId: '1' },
  'job.ask': { question: 'What breed is it?' },
  'job.edit': { answerId: '1', text: 'A dog of mine' },
  'job.setAlt': { answerId: '1', alt: 'A dog' },
  'job.models': {},
  'job.opinion': { using: { connectionId: 'c1', model: 'm' } },
  'job.check': { answerId: '1' },
  'job.replaceModel': { answerId: '1' },
  'site.withoutPageContext': { withhold: true },
  'job.remove': {},
  'job.reveal': {},
  'job.seen': { thumbnail: png, size: { width: 30, height: 20 } },
  'job.image': {},
  'image.describe': { image, tabId: 7, presetId: 'detailed' },
  'view.describe': { tabId: 7 },
  'file.describe': { dataUrl: png, name: 'dog.png', private: false },
  'compare.add': { image, tabId: 7 },
  'compare.ask': { private: false },
  'compare.remove': { id: 'x' },
  'images.list': { tabId: 7 },
  'picker.open': { tabId: 7 },
  'settings.open': { page: 'options' },
  'connection.models': { connectionId: 'c1' },
  'connection.check': { connectionId: 'c1' },
  'servers.look': {},
  'jobs.resume': {},
  'history.open': {},
  'history.remove': { jobIds: ['of-7'] },
  'history.problem': {},
  'connection.save': { change: { id: 'c1', set: CONNECTION, unset: ['name'] } },
  'connection.setDefault': { connectionId: 'c1' },
  'connection.remove': { connectionId: 'c1' },
  'connection.giveUp': { connectionId: 'c1', baseUrl: CONNECTION.baseUrl },
  'key.forget': { connectionId: 'c1' },
  'keys.forgetAll': {},
  'keys.setPassphrase': { passphrase: 'correct horse' },
  'keys.removePassphrase': {},
  'keys.unlock': { passphrase: 'correct horse' },
  'keys.lock': {},
  'keys.oncePlainTold': {},
  'presets.change': { change: { kind: 'makeDefault', id: 'detailed' } },
  'menu.setEverywhere': { everywhere: true },
  'settings.discardUnknown': { part: 'sites' },
  'retention.set': { retention: { kind: 'days', days: 30 } },
};
const NAMES = Object.keys(CALLS);
const SAMPLES = Object.entries(CALLS).map(([name, given]) => {
  const isOfJob = /^job|^site|^history.open/.test(name);
  return isOfJob ? JOBS.map(({ id: jobId }) => ({ jobId, ...given })) : [given];
});
/** All but those that need more of a background than there is here. */
const NEED_MORE =
  /^(?:job.(?:check|setAlt|remove|replaceModel|reveal)|images.list|settings.open|compare.add|connection.(?:check|giveUp|models|setDefault)|keys.(?:forgetAll|removePassphrase|setPassphrase))$/;
const LET_IN = Object.fromEntries(
  NAMES.filter((name) => !NEED_MORE.test(name)).map((name) => [name, 0.0004]),
);
const odd = [
  ...JOBS.map(({ id }) => id),
  'none',
  '__proto__',
  '',
  ' ',
  'x'.repeat(20_001),
  -1,
  8,
  1e300,
  null,
  true,
  [],
  {},
];
const fields = [
  'jobId',
  'tabId',
  'text',
  'image',
  'using',
  'answerId',
  'purpose',
  'private',
  '__proto__',
];
const call = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .nat(NAMES.length - 1)
      .chain((at) =>
        spoiledJson(SAMPLES[at] ?? [], { odd, names: fields }).map(
          ({ value }) => [NAMES[at] ?? '', value] as const,
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.anything({ maxDepth: 2 })),
  },
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
    if (effect.what === 'settings.site') return jobs.size === 0;
    if (effect.jobId !== undefined) return !jobs.has(effect.jobId);
    return effect.what !== 'describe.picked' || tabId < 0 || effect.tabId !== tabId;
  });
}

describe('a call', () => {
  it('of anybody with anything is answered, and touches no job but those of its sender', async () => {
    expect([...calls.keys()].toSorted()).toEqual(NAMES.toSorted());
    await always(
      fc.tuple(call, sender),
      async ([[name, sent], from], reach) => {
        effects = [];
        const answer = await calls.get(name)?.({
          data: sent,
          sender: from as Browser.runtime.MessageSender,
        });
        const { ok, code } = answer as { ok: boolean; code?: string };
        expect(ok || ERROR_CODES.some((each) => each === code)).toBe(true);
        expect(ok && from.id !== OURS).toBe(false);
        expect(forbidden(from)).toEqual([]);
        reach(ok ? name : `no ${name}`);
        reach(ok ? 'ok' : 'refused');
        reach('done', effects.length);
      },
      { share: 2, floors: { ok: 0.02, refused: 0.2, done: 0.02, ...LET_IN } },
    );
  });
});
