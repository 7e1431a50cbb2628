/** Tests a connection the way it will be used: a picture, a question, a streamed answer. */
import { AppError } from '../../utils/errors';
import { prepareImage } from '../../utils/image/encode';
import type { ConnectionTest } from '../../utils/messaging/calls';
import { instructionsFor } from '../../utils/prompts/instructions';
import { messagesFor } from '../../utils/prompts/messages';
import { kindOf } from '../../utils/vision/connection';
import { imageRuleFor } from '../../utils/vision/image-rules';
import type { OpenConnection } from './connection-source';
import { drawTestPicture, TEST_ANSWER, TEST_PROMPT } from './test-picture';

/** Thinking models need room before their one word. */
const MAX_TOKENS = 2_000;
const ANSWER_SHOWN = 200;

/**
 * Asks the model for the colour of a drawn circle.
 *
 * @throws {AppError} whatever a description would fail with.
 */
export async function testConnection({
  connection,
  provider,
}: OpenConnection): Promise<Omit<ConnectionTest, 'resumedJobIds'>> {
  const picture = await drawTestPicture();
  const signal = new AbortController().signal;
  const limits = { ...kindOf(connection), rule: imageRuleFor(connection.model) };
  const { dataUrl } = await prepareImage(picture, limits, signal);
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
  for await (const event of provider.describe(request, signal)) {
    firstWordMs ??= performance.now() - startedAt;
    if (event.type === 'words') answer += event.text;
    else model = event.model;
  }
  if (answer.trim() === '') throw new AppError('answerEmpty');
  return {
    answer: answer.trim().slice(0, ANSWER_SHOWN),
    sawPicture: TEST_ANSWER.test(answer),
    firstWordMs: Math.round(firstWordMs ?? 0),
    model,
  };
}
