/** Calls as their rows say: who is let in, what is parsed, and what does not even compile. */
import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { senderChecks } from '../../../../entrypoints/background/calls/sender-checks';
import { ERROR_CODES } from '../../../../utils/core/errors';
import { answerBackground } from '../../../../utils/browser/messaging/answer-background';
import { listenersFor } from '../../../../utils/browser/messaging/answering';
import { call, nothing, noInput, trusted } from '../../../../utils/browser/messaging/call';
import { callPage } from '../../../../utils/browser/messaging/call-page';
import { messenger } from '../../../../utils/browser/messaging/messenger';
import { pageCalls } from '../../../../utils/browser/messaging/page-calls';
import { DONE } from '../../../fixtures/job-states';
import { jobIn } from '../../../fixtures/jobs';

type Sender = Browser.runtime.MessageSender;
const { id } = fakeBrowser.runtime;
const url = 'https://pages.example.com/';
const tab = { id: 7, incognito: false } as Browser.tabs.Tab;
const OWN: Sender = { id, url: fakeBrowser.runtime.getURL('/popup.html') };
const SENDERS = {
  'a page of ours': OWN,
  'a page of ours in a tab': { ...OWN, tab },
  'a card of the tab': { id, url, tab },
  'a card of another tab': { id, url, tab: { ...tab, id: 8 } },
  'a script in no tab': { id, url },
  'a script of a window without tabs': { id, url, tab: { ...tab, id: -1 } },
  'another extension': { id: 'other', url: 'chrome-extension://other/popup.html' },
} satisfies Record<string, Sender>;

const job = jobIn(DONE, { id: 'a', tabId: 7 });
const input = v.object({ jobId: v.string() });
const table = {
  own: call({ from: 'ownPage', input, output: trusted<string>() }),
  card: call({ from: 'jobCard', input, output: trusted<string>() }),
  any: call({ from: 'anyOwn', input, output: trusted<string>() }),
};
const checks = senderChecks({
  ready: Promise.resolve(),
  get: (jobId) => (jobId === 'a' ? job : undefined),
});
const listeners = listenersFor(table, checks, {
  own: () => 'done',
  card: (_input, of) => `done for ${of.id}`,
  any: (_input, page) => `done for ${page ? `${page.tabId} ${page.url}` : 'us'}`,
});

beforeEach(() => {
  messenger.removeAllListeners();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

describe('a call is answered for', () => {
  const answersTo = async (sender: Sender, data: unknown = { jobId: 'a' }) =>
    await Promise.all(
      ['own', 'card', 'any'].map(async (name) => {
        const answer = await listeners.get(name)?.({ data, sender });
        return answer?.ok ? answer.value : answer?.code;
      }),
    );
  const no = 'unexpected';

  it.each<[keyof typeof SENDERS, string[]]>([
    ['a page of ours', ['done', 'done for a', 'done for us']],
    ['a page of ours in a tab', ['done', 'done for a', 'done for us']],
    ['a card of the tab', [no, 'done for a', `done for 7 ${url}`]],
    ['a card of another tab', [no, no, `done for 8 ${url}`]],
    ['a script in no tab', [no, no, no]],
    ['a script of a window without tabs', [no, no, no]],
    ['another extension', [no, no, no]],
  ])('%s: %s', async (name, answers) => {
    expect(await answersTo(SENDERS[name])).toEqual(answers);
  });

  it('nobody with what its row does not take, or of a job that is not there', async () => {
    expect(await answersTo(OWN, { jobId: 1 })).toEqual([no, no, no]);
    expect(await answersTo(OWN, { jobId: 'b' })).toEqual(['done', no, 'done for us']);
  });
});

it('a script in a page answers the background alone', async () => {
  const asked = vi.fn<(words: string) => void>();
  const say = { 'notice.show': pageCalls['notice.show'] };
  const onMessage = vi.spyOn(messenger, 'onMessage');
  answerBackground(say, { 'notice.show': ({ words }) => asked(words) });
  const listener = onMessage.mock.lastCall?.[1];
  const hears = async (sender: Sender) =>
    await listener?.({
      data: { words: 'Hello' },
      sender,
      id: 1,
      timestamp: 1,
      type: 'notice.show',
    });
  for (const sender of [SENDERS['a card of the tab'], SENDERS['another extension']])
    expect(await hears(sender)).toEqual({ ok: false, code: 'unexpected' });
  expect(asked).not.toHaveBeenCalled();
  expect(await hears({ id })).toEqual({ ok: true, value: undefined });
});

describe('what a page answers', () => {
  const image = { kind: 'view', srcUrl: '', documentUrl: url, pageUrl: url, frameId: 0 } as const;
  const part = { left: 0, top: 0, width: 1, height: 1, whole: true, address: url };
  const picked = { imageId: 'p', type: 'image', srcUrl: '', documentUrl: url } as const;

  /** Calls, and hears these answers of the page. */
  function answering(res: unknown) {
    Object.assign(fakeBrowser.tabs, {
      sendMessage: (_tabId: number, _message: object, _to: object, answer: (of: object) => void) =>
        answer({ res }),
    });
  }
  const CALLS = {
    read: () => callPage(7, 'image.read', { image, readId: 'r', asShown: false }),
    backdrop: () => callPage(7, 'image.backdrop', { image }),
    prepare: () => callPage(7, 'screen.prepare', { image }),
    hovered: () => callPage(7, 'image.hovered', {}),
    list: () => callPage(7, 'images.list', {}),
    restore: () => callPage(7, 'screen.restore', {}),
  };

  it.each<[keyof typeof CALLS, unknown]>([
    ['read', { file: 'data:image/png;base64,AAAA', drawn: false }],
    ['backdrop', 'rgb(1, 2, 3)'],
    ['prepare', part],
    ['hovered', picked],
    ['hovered', undefined],
    ['restore', undefined],
  ])('to %s is taken: %j', async (name, value) => {
    answering({ ok: true, value });
    expect(await CALLS[name]()).toEqual(value);
    // JSON, by which Chrome sends messages, leaves `undefined` out.
    answering(JSON.parse(JSON.stringify({ ok: true, value })));
    expect(await CALLS[name]()).toEqual(value);
  });

  it.each<[keyof typeof CALLS, unknown]>([
    ['read', { file: 'https://192.168.0.1/', drawn: false }],
    ['read', { file: {}, drawn: false }],
    ['backdrop', 'x'.repeat(1_000)],
    ['prepare', { ...part, width: 1e9 }],
    ['prepare', { ...part, address: undefined }],
    ['hovered', { ...picked, imageId: 'p'.repeat(1_000) }],
    ['list', [picked]],
    ['restore', 'something'],
  ])('to %s is refused: %j', async (name, value) => {
    answering({ ok: true, value });
    await expect(CALLS[name]()).rejects.toThrow(v.ValiError);
  });

  it('to read is taken as a blob, which messages carry but in an older Chromium', async () => {
    const value = { file: new Blob(['image']), drawn: true };
    answering({ ok: true, value });
    expect((await CALLS.read()).file).toBe(value.file);
  });

  it('is thrown by its code where it is a failure we know', async () => {
    for (const code of ERROR_CODES) {
      answering({ ok: false, code });
      await expect(CALLS.read()).rejects.toMatchObject({ code });
    }
    answering({ ok: false, code: 'made up' });
    await expect(CALLS.read()).rejects.toThrow(v.ValiError);
  });
});

it('a row that forgets who may call, or what its card is of, does not compile', () => {
  // @ts-expect-error -- no `from`
  call({ input: noInput, output: nothing });
  // @ts-expect-error -- nobody we know
  call({ from: 'everybody', input: noInput, output: nothing });
  // @ts-expect-error -- no `jobId`
  call({ from: 'jobCard', input: noInput, output: nothing });
  // @ts-expect-error -- no row of `call`
  listenersFor({ own: { input, output: nothing } }, checks, { own: () => undefined });
  // @ts-expect-error -- no check for who may call
  listenersFor(table, { ownPage: checks.ownPage }, { own: String, card: String, any: String });
  // @ts-expect-error -- no answer to `any`
  listenersFor(table, checks, { own: () => 'done', card: () => 'done' });
  // @ts-expect-error -- an answer of another type
  listenersFor(table, checks, { own: () => 1, card: () => 'done', any: () => 'done' });
  // @ts-expect-error -- no call of a page
  answerBackground(table, { own: () => 'done', card: () => 'done', any: () => 'done' });
  expect(listeners.size).toBe(3);
});
