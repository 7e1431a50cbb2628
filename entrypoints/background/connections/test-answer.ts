/**
 * What a model answers when it is asked what the test image shows, as far as it is worth reading.
 */
import { AppError } from '../../../utils/core/errors';
import { instructionsFor } from '../../../utils/core/prompts/instructions';
import { messagesFor } from '../../../utils/core/prompts/messages';
import type { Connection } from '../../../utils/core/vision/connection';
import { kindOf } from '../../../utils/core/vision/connection-kind';
import type { OpenConnection } from './open-connection';
import { TEST_PROMPT } from './test-image';

/** Reasoning models need tokens before their two words. */
const MAX_TOKENS = 2_000;
/** In characters. A server that says more says it for ever, and may charge for it. */
const MAX_LENGTH = 10_000;
const ANSWER_SHOWN = 200;
/** For an answer that has begun. */
const MAX_ANSWER_MS = 60_000;

export interface TestAnswer {
  answer: string;
  model: string;
  firstWordMs: number;
  streamed: boolean;
}

/** How long an answer is waited for, in milliseconds. */
export function maxMsFor(connection: Connection): number {
  return kindOf(connection).firstWordSeconds * 1000 + MAX_ANSWER_MS;
}

/**
 * Asks what the test image shows. An answer without an end is cut off.
 *
 * @throws {AppError} whatever a description would fail with.
 */
export async function askTestQuestion(
  { connection, provider }: OpenConnection,
  dataUrl: string,
  signal: AbortSignal,
): Promise<TestAnswer> {
  const request = {
    model: connection.model,
    instructions: instructionsFor('en'),
    messages: messagesFor({ before: [], question: TEST_PROMPT, images: [dataUrl], texts: {} }),
    maxTokens: MAX_TOKENS,
  };
  const startedAt = performance.now();
  let firstWordMs: number | undefined;
  let answer = '';
  let { model } = connection;
  let streamed = true;
  for await (const event of provider.describe(request, signal)) {
    firstWordMs ??= performance.now() - startedAt;
    if (event.type === 'words') answer += event.text;
    else ({ model, streamed } = event);
    if (answer.length > MAX_LENGTH) break;
  }
  if (answer.trim() === '') throw new AppError('answerEmpty');
  return {
    answer: answer.trim().slice(0, ANSWER_SHOWN),
    model,
    firstWordMs: Math.round(firstWordMs ?? 0),
    streamed,
  };
}
