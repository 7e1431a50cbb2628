/** The connection doctor: asks the way a description does, and says at which step it ends. */
import { AppError } from '../../utils/errors';
import { prepareImage } from '../../utils/image/encode';
import type { Failure } from '../../utils/jobs/job';
import { hasHost } from '../../utils/permissions';
import { instructionsFor } from '../../utils/prompts/instructions';
import { messagesFor } from '../../utils/prompts/messages';
import {
  CHECK_STEPS,
  type CheckReport,
  type CheckStep,
  type CheckStepName,
  placeOf,
} from '../../utils/vision/check-report';
import { isDevice } from '../../utils/vision/catalog';
import { isOwnMachine, kindOf } from '../../utils/vision/connection';
import { DEVICE_FACTS } from '../../utils/vision/device-model';
import { imageRuleFor } from '../../utils/vision/image-rules';
import { lostCode } from '../../utils/vision/openai-errors';
import type { OpenConnection } from './connection-source';
import { failureOf } from './job-answer';
import { reach } from './reach';
import { drawTestPicture, namesPicture, TEST_PROMPT, type TestPicture } from './test-picture';
import { withReplacement } from './with-replacement';

/** Thinking models need room before their two words. */
const MAX_TOKENS = 2_000;
const ANSWER_SHOWN = 200;

/**
 * Looks at a connection step by step. It sends one tiny drawn picture, and never fails itself: what
 * fails is in the report.
 */
export async function checkConnection(open: OpenConnection): Promise<CheckReport> {
  const { provider, baseUrl } = open.connection;
  const onDevice = isDevice(provider);
  const picture = await drawTestPicture();
  const shown = { colour: picture.colour, shape: picture.shape };
  const [granted, reached] = onDevice
    ? [true, true]
    : await Promise.all([hasHost(baseUrl), reach(baseUrl)]);
  const names = onDevice ? CHECK_STEPS.slice(CHECK_STEPS.indexOf('model')) : CHECK_STEPS;
  const report = (more: Partial<CheckReport>, special?: CheckStep): CheckReport => ({
    shown,
    model: open.connection.model,
    ...more,
    steps: stepsOf(names, granted, special),
  });

  if (!reached) {
    const code = lostCode({ local: isOwnMachine(open.connection) });
    return report({}, failed('address', { code }));
  }
  try {
    const answer = await askAboutPicture(open, picture);
    // One that takes no question cannot name what it is asked for; that it answers is all there is.
    const takesQuestion = !isDevice(provider) || DEVICE_FACTS[provider].takesPrompts;
    if (takesQuestion && !namesPicture(answer.answer, shown)) {
      return report(answer, failed('sight', { code: 'modelBlind' }));
    }
    const inOnePiece = { name: 'streaming', status: 'warned' } as const;
    return report(answer, answer.streamed ? undefined : inOnePiece);
  } catch (error) {
    const failure = failureOf(await withReplacement(error, open));
    return report({}, failed(placeOf(failure.code)?.step ?? 'model', failure));
  }
}

/** Every step before the one that failed has passed, and those after it were not reached. */
function stepsOf(
  names: readonly CheckStepName[],
  granted: boolean,
  special: CheckStep | undefined,
): CheckStep[] {
  const at = special ? names.indexOf(special.name) : names.length;
  return names.map((name, index): CheckStep => {
    if (special && name === special.name) return special;
    if (name === 'permission' && !granted)
      return { name, status: index < at ? 'warned' : 'skipped' };
    return { name, status: index < at || special?.status === 'warned' ? 'passed' : 'skipped' };
  });
}

function failed(name: CheckStepName, failure: Failure): CheckStep {
  return { name, status: 'failed', failure };
}

/** @throws {AppError} whatever a description would fail with. */
async function askAboutPicture(
  { connection, provider }: OpenConnection,
  { blob }: TestPicture,
): Promise<{ answer: string; model: string; firstWordMs: number; streamed: boolean }> {
  const signal = new AbortController().signal;
  const limits = { ...kindOf(connection), rule: imageRuleFor(connection.model) };
  const { dataUrl } = await prepareImage(blob, limits, signal);
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
  }
  if (answer.trim() === '') throw new AppError('answerEmpty');
  return {
    answer: answer.trim().slice(0, ANSWER_SHOWN),
    model,
    firstWordMs: Math.round(firstWordMs ?? 0),
    streamed,
  };
}
