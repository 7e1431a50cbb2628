import { describe, expect, it, vi } from 'vitest';
import { chromeModel, createChromeModelProvider } from '../../../../utils/core/vision/chrome-model';
import { errorCode } from '../../../../utils/core/errors';
import { fakeLanguageModel } from '../../../fixtures/language-model';
import { all } from '../../../fixtures/openai-server';

const PNG = `data:image/png;base64,${btoa('pixels')}`;
const request = {
  model: 'gemini-nano',
  instructions: 'Be truthful.',
  messages: [
    {
      role: 'user' as const,
      parts: [
        { type: 'text' as const, text: 'What breed?' },
        { type: 'image' as const, url: PNG },
      ],
    },
  ],
  maxTokens: 100,
};
const signal = new AbortController().signal;

describe('asking the model of Chrome', () => {
  it('gives words as they come, and its end', async () => {
    const api = fakeLanguageModel();
    expect(await all(createChromeModelProvider(() => api).describe(request, signal))).toEqual([
      { type: 'words', text: 'A ' },
      { type: 'words', text: 'dog.' },
      { type: 'end', model: 'gemini-nano', cut: false, streamed: true },
    ]);
    expect(api.open).toBe(0);
  });

  it('shows it the image itself, and keeps instructions apart', async () => {
    const api = fakeLanguageModel();
    await all(
      createChromeModelProvider(() => api).describe({ ...request, language: 'de-AT' }, signal),
    );
    expect(api.created[0]).toMatchObject({
      initialPrompts: [{ role: 'system', content: 'Be truthful.' }],
      expectedInputs: [{ type: 'text', languages: ['en'] }, { type: 'image' }],
      expectedOutputs: [{ type: 'text', languages: ['de'] }],
    });
    const content = api.prompted[0]?.[0]?.content;
    const image = Array.isArray(content) ? content[1] : undefined;
    expect(image?.type === 'image' && (await image.value.text())).toBe('pixels');
  });

  it('is asked in English for a language that it has not', async () => {
    const api = fakeLanguageModel();
    await all(
      createChromeModelProvider(() => api).describe({ ...request, language: 'fi' }, signal),
    );
    expect(api.created[0]?.expectedOutputs[0]?.languages).toEqual(['en']);
  });

  it.each([
    ['NotReadableError', 'contentRefused'],
    ['QuotaExceededError', 'requestRefused'],
    ['NotAllowedError', 'modelUnavailable'],
    ['OperationError', 'modelUnavailable'],
  ])('%s is %s', async (name, code) => {
    const api = fakeLanguageModel();
    api.failure = new DOMException('No', name);
    const asked = all(createChromeModelProvider(() => api).describe(request, signal));
    await expect(asked).rejects.toMatchObject({ code });
    expect(api.open).toBe(0);
  });

  it('and a fault of ours is called that', async () => {
    const failed = async (asked: typeof request, failure?: Error) => {
      const api = Object.assign(fakeLanguageModel(), { failure });
      const asking = createChromeModelProvider(() => api).describe(asked, signal);
      const error: unknown = await all(asking).catch((thrown: unknown) => thrown);
      expect(api.open).toBe(0);
      return errorCode(error);
    };
    const planted = () => {
      throw new TypeError('planted');
    };
    const broken = Object.defineProperty({ ...request }, 'messages', { get: planted });
    expect(await failed(broken)).toBe('unexpected');
    expect(await failed(request, new TypeError('not such a prompt'))).toBe('unexpected');
  });

  it('ends with the signal, and lets its session go', async () => {
    const api = fakeLanguageModel();
    api.pieces = Array.from({ length: 100 }, () => 'word ');
    const controller = new AbortController();
    const asked = createChromeModelProvider(() => api).describe(request, controller.signal);
    await expect(
      (async () => {
        for await (const _event of asked) controller.abort(new Error('stopped'));
      })(),
    ).rejects.toThrow('stopped');
    expect(api.open).toBe(0);
  });

  it('says where the browser has none', async () => {
    const asked = all(createChromeModelProvider(() => undefined).describe(request, signal));
    await expect(asked).rejects.toMatchObject({ code: 'modelUnavailable' });
  });
});

describe('finding it, and making it ready', () => {
  it('is not there without the API, nor where it will not come', async () => {
    expect(chromeModel(undefined)).toBeUndefined();
    const api = fakeLanguageModel();
    api.state = 'unavailable';
    expect(await chromeModel(api)?.state()).toBe('unavailable');
    await expect(chromeModel(api)?.prepare(vi.fn(), signal)).rejects.toMatchObject({
      code: 'modelUnavailable',
    });
  });

  it('tells how far the download is, and holds no session', async () => {
    const api = fakeLanguageModel();
    api.state = 'downloadable';
    const onProgress = vi.fn();
    await chromeModel(api)?.prepare(onProgress, signal);
    expect(onProgress.mock.calls.flat()).toEqual([0, 0.5, 1]);
    expect(await chromeModel(api)?.state()).toBe('available');
    expect(api.open).toBe(0);
  });
});
