/**
 * Firefox's built-in image-to-text, by its trial API for extensions.
 * https://firefox-source-docs.mozilla.org/toolkit/components/ml/extensions.html
 */
import * as v from 'valibot';
import { AppError } from '../errors';
import { DEVICE_FACTS, deviceFailure, type DeviceModel } from './device-model';
import type { VisionEvent, VisionProvider, VisionRequest } from './provider';

/** `browser.trial.ml`, which is there once `trialML` is granted. */
export interface TrialMl {
  createEngine(request: { modelHub: string; taskName: string }): Promise<unknown>;
  runEngine(request: { args: unknown[] }): Promise<unknown>;
  /** Deletes what was downloaded for us. */
  deleteCachedModels?(): Promise<unknown>;
  onProgress: {
    addListener(listen: (progress: unknown) => void): void;
    removeListener(listen: (progress: unknown) => void): void;
  };
}

/** What the browser says of its permission, and how it is asked for. */
export interface TrialMlParts {
  api: () => TrialMl | undefined;
  /** `undefined` where the browser knows no such permission. */
  granted: () => Promise<boolean | undefined>;
  request: () => Promise<boolean>;
}

const ENGINE = { modelHub: 'mozilla', taskName: 'image-to-text' };
const { model: MODEL } = DEVICE_FACTS.firefoxModel;

const progressSchema = v.object({ totalLoaded: v.number(), total: v.number() });
const answerSchema = v.pipe(v.array(v.object({ generated_text: v.string() })), v.minLength(1));

/** The model as a page can make it ready. */
export function firefoxModel({ api, granted, request }: TrialMlParts): DeviceModel {
  return {
    async state() {
      const allowed = await granted();
      if (allowed === undefined) return 'unavailable';
      // There is no way to know whether its files are there; asking for them again costs nothing.
      return allowed && api() ? 'available' : 'downloadable';
    },
    async prepare(onProgress, signal) {
      if (!(await request().catch(() => false))) throw new AppError('permissionMissing');
      const ml = api();
      if (!ml) throw new AppError('modelUnavailable');
      const listen = (progress: unknown) => {
        const parsed = v.safeParse(progressSchema, progress);
        if (parsed.success && parsed.output.total > 0) {
          onProgress(Math.min(1, parsed.output.totalLoaded / parsed.output.total));
        }
      };
      ml.onProgress.addListener(listen);
      try {
        await ml.createEngine(ENGINE);
        signal.throwIfAborted();
      } catch (error) {
        signal.throwIfAborted();
        throw deviceFailure(error);
      } finally {
        ml.onProgress.removeListener(listen);
      }
    },
  };
}

/** A provider that asks it. It takes an image and no prompt: questions are refused. */
export function createFirefoxModelProvider(api: () => TrialMl | undefined): VisionProvider {
  async function* describe(
    request: VisionRequest,
    signal: AbortSignal,
  ): AsyncGenerator<VisionEvent> {
    const ml = api();
    if (!ml) throw new AppError('modelUnavailable');
    const image = onlyImage(request);
    let said: unknown;
    try {
      // One engine for each extension; made again, it is the same.
      await ml.createEngine(ENGINE);
      signal.throwIfAborted();
      said = await ml.runEngine({ args: [image] });
    } catch (error) {
      signal.throwIfAborted();
      throw deviceFailure(error);
    }
    signal.throwIfAborted();
    const parsed = v.safeParse(answerSchema, said);
    if (!parsed.success) throw new AppError('answerMalformed');
    yield { type: 'words', text: parsed.output[0]?.generated_text.trim() ?? '' };
    yield { type: 'end', model: MODEL, cut: false, streamed: true };
  }
  return { describe, listModels: () => Promise.resolve([{ id: MODEL, vision: true }]) };
}

/** @throws {AppError} `promptUnsupported` for a question of the person's own, or several images. */
function onlyImage({ messages, typed }: VisionRequest): string {
  const [message, ...more] = messages;
  const images =
    message?.role === 'user' ? message.parts.filter((part) => part.type === 'image') : [];
  const [image, ...others] = images;
  if (!image || others.length > 0 || more.length > 0 || typed) {
    throw new AppError('promptUnsupported');
  }
  return image.url;
}
