import { describe, expect, it, vi } from 'vitest';
import {
  createFirefoxModelProvider,
  firefoxModel,
  type TrialMl,
} from '../../../../utils/core/vision/firefox-model';
import { all } from '../../../fixtures/openai-server';

const PNG = 'data:image/png;base64,AAAA';
const image = { type: 'image' as const, url: PNG };
const request = {
  model: 'distilvit',
  instructions: 'Be truthful.',
  messages: [
    { role: 'user' as const, parts: [{ type: 'text' as const, text: 'Describe it.' }, image] },
  ],
  maxTokens: 100,
};
const signal = new AbortController().signal;

/** `browser.trial.ml` in its published shape; a download goes in two steps. */
function fakeMl(answer: unknown = [{ generated_text: ' A dog on a lawn ' }]) {
  const listeners = new Set<(progress: unknown) => void>();
  const ml = {
    createEngine: vi.fn<TrialMl['createEngine']>(async () => {
      for (const listen of listeners) {
        listen({ type: 'downloading', total: 200, totalLoaded: 50 });
        listen({ type: 'initiate' });
        listen({ type: 'downloading', total: 200, totalLoaded: 200 });
      }
      return await Promise.resolve(undefined);
    }),
    runEngine: vi.fn<TrialMl['runEngine']>().mockResolvedValue(answer),
    onProgress: {
      addListener: (listen: (progress: unknown) => void) => void listeners.add(listen),
      removeListener: (listen: (progress: unknown) => void) => void listeners.delete(listen),
    },
  };
  return { ml, listeners };
}

describe('asking the model of Firefox', () => {
  it('gives what it says of the image', async () => {
    const { ml } = fakeMl();
    expect(await all(createFirefoxModelProvider(() => ml).describe(request, signal))).toEqual([
      { type: 'words', text: 'A dog on a lawn' },
      { type: 'end', model: 'distilvit', cut: false, streamed: true },
    ]);
    expect(ml.createEngine).toHaveBeenCalledWith({
      modelHub: 'mozilla',
      taskName: 'image-to-text',
    });
    expect(ml.runEngine).toHaveBeenCalledWith({ args: [PNG] });
  });

  it.each([
    ['a question of the person', { typed: true }],
    ['two images', { messages: [{ role: 'user' as const, parts: [image, image] }] }],
    [
      'a follow-up',
      { messages: [...request.messages, { role: 'assistant' as const, text: 'A dog.' }] },
    ],
  ])('refuses %s', async (_what, more) => {
    const { ml } = fakeMl();
    const asked = all(
      createFirefoxModelProvider(() => ml).describe({ ...request, ...more }, signal),
    );
    await expect(asked).rejects.toMatchObject({ code: 'promptUnsupported' });
    expect(ml.runEngine).not.toHaveBeenCalled();
  });

  it.each([undefined, [], [{ text: 'A dog' }], 'A dog'])('does not take %j', async (answer) => {
    const { ml } = fakeMl(answer ?? null);
    const asked = all(createFirefoxModelProvider(() => ml).describe(request, signal));
    await expect(asked).rejects.toMatchObject({ code: 'answerMalformed' });
  });

  it('tells a fault of ours from one of the model', async () => {
    const { ml } = fakeMl();
    const asked = () => all(createFirefoxModelProvider(() => ml).describe(request, signal));
    ml.runEngine.mockRejectedValueOnce(new Error('out of memory'));
    await expect(asked()).rejects.toMatchObject({
      code: 'modelUnavailable',
      facts: { serverWords: 'out of memory' },
    });
    ml.runEngine.mockRejectedValueOnce(new TypeError('planted'));
    await expect(asked()).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('says where the permission is gone', async () => {
    const asked = all(createFirefoxModelProvider(() => undefined).describe(request, signal));
    await expect(asked).rejects.toMatchObject({ code: 'modelUnavailable' });
  });
});

describe('finding it, and making it ready', () => {
  const parts = (over: Partial<Parameters<typeof firefoxModel>[0]> = {}) => ({
    api: () => fakeMl().ml,
    granted: () => Promise.resolve<boolean | undefined>(true),
    request: () => Promise.resolve(true),
    ...over,
  });

  it('is there where the browser knows the permission', async () => {
    expect(await firefoxModel(parts()).state()).toBe('available');
    const asked = parts({ granted: () => Promise.resolve(false), api: () => undefined });
    expect(await firefoxModel(asked).state()).toBe('downloadable');
    const old = parts({ granted: () => Promise.resolve(undefined) });
    expect(await firefoxModel(old).state()).toBe('unavailable');
  });

  it('asks before anything else, and tells how far the download is', async () => {
    const { ml, listeners } = fakeMl();
    const onProgress = vi.fn();
    await firefoxModel(parts({ api: () => ml })).prepare(onProgress, signal);
    expect(onProgress.mock.calls.flat()).toEqual([0.25, 1]);
    expect(listeners.size).toBe(0);
    const refused = firefoxModel(parts({ request: () => Promise.resolve(false) }));
    await expect(refused.prepare(onProgress, signal)).rejects.toMatchObject({
      code: 'permissionMissing',
    });
  });

  it('says why it does not come', async () => {
    const { ml } = fakeMl();
    ml.createEngine.mockRejectedValue(new Error('The model could not be downloaded'));
    const made = firefoxModel(parts({ api: () => ml })).prepare(vi.fn(), signal);
    await expect(made).rejects.toMatchObject({
      code: 'modelUnavailable',
      facts: { serverWords: 'The model could not be downloaded' },
    });
  });
});
