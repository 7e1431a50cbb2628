/** The models that a browser has of its own: what they are asked through, and what they can do. */
import { AppError } from '../errors';
import type { DeviceId } from './provider-kind';

/** How ready one is: `downloadable` needs a click of the person first. */
export type DeviceState = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export interface DeviceFacts {
  /** What a result names as its model. */
  model: string;
  /** About how much has to be downloaded once, in bytes. */
  downloadBytes: number;
  /** The languages that it answers in. */
  languages: readonly string[];
  /** Whether it takes prompts, or only describes in its own way. */
  takesPrompts: boolean;
}

export const DEVICE_FACTS: Readonly<Record<DeviceId, DeviceFacts>> = {
  // https://developer.chrome.com/docs/ai/prompt-api; the size is Chrome's to choose by the machine.
  chromeModel: {
    model: 'gemini-nano',
    downloadBytes: 4_000_000_000,
    languages: ['en', 'de', 'es', 'fr', 'ja'],
    takesPrompts: true,
  },
  // https://huggingface.co/Mozilla/distilvit, quantized to eight bits.
  firefoxModel: {
    model: 'distilvit',
    downloadBytes: 190_000_000,
    languages: ['en'],
    takesPrompts: false,
  },
};

/** How far a download is, from 0 to 1. */
export type OnProgress = (share: number) => void;

/** One of them, where the browser has it. */
export interface DeviceModel {
  state(): Promise<DeviceState>;
  /**
   * Downloads it and makes it ready. Call it inside a click, before anything is awaited.
   *
   * @throws {AppError} `modelUnavailable`
   */
  prepare(onProgress: OnProgress, signal: AbortSignal): Promise<void>;
}

/**
 * The `AppError` for what a browser's model fails with. It throws a `TypeError` only where it is
 * asked for something that it does not know, which is a bug in Descry.
 */
export function deviceFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TypeError) return new AppError('unexpected', {}, { cause: error });
  const facts = error instanceof Error ? { serverWords: error.message } : {};
  return new AppError('modelUnavailable', facts, { cause: error });
}
