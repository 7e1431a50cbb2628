/** The connection doctor: asks the way a description does, and says at which step it ends. */
import { failureOf, type Failure } from '../../../utils/core/errors';
import { prepareImage } from '../../../utils/core/image/encode';
import { hasHost } from '../../../utils/browser/permissions';
import {
  CHECK_STEPS,
  type CheckReport,
  type CheckStep,
  type CheckStepName,
  placeOf,
} from '../../../utils/core/vision/check-report';
import { isDevice } from '../../../utils/core/vision/provider-kind';
import { isOwnMachine, kindOf } from '../../../utils/core/vision/connection-kind';
import { DEVICE_FACTS } from '../../../utils/core/vision/device-model';
import { imageRuleFor } from '../../../utils/core/vision/image-rules';
import { lostCode } from '../../../utils/core/vision/openai-errors';
import { withDeadline } from '../../../utils/core/with-timeout';
import type { OpenConnection } from './open-connection';
import { reach, type Reached } from './reachable';
import { askTestQuestion, maxMsFor, type TestAnswer } from './test-answer';
import { drawTestImage, namesImage, type TestImage } from './test-image';
import { withReplacement } from './suggest-replacement';

/**
 * Looks at a connection step by step. It sends one tiny drawn image, and never fails itself: what
 * fails is in the report.
 */
export async function checkConnection(open: OpenConnection): Promise<CheckReport> {
  const { provider, baseUrl } = open.connection;
  const onDevice = isDevice(provider);
  const image = await drawTestImage();
  const shown = { colour: image.colour, shape: image.shape };
  const [granted, reached] = onDevice
    ? [true, 'answers' as const]
    : await Promise.all([hasHost(baseUrl), reach(baseUrl)]);
  const names = onDevice ? CHECK_STEPS.slice(CHECK_STEPS.indexOf('model')) : CHECK_STEPS;
  const report = (more: Partial<CheckReport>, special?: CheckStep): CheckReport => ({
    shown,
    model: open.connection.model,
    ...more,
    steps: stepsOf(names, { granted, reached, special }),
  });

  if (reached === 'silent' || (reached === 'failed' && granted)) {
    const code = lostCode({ local: isOwnMachine(open.connection) });
    return report({}, failed('address', { code }));
  }
  try {
    const answer = await askAboutImage(open, image);
    // One that takes no question cannot name what it is asked for; that it answers is all there is.
    const takesQuestion = !isDevice(provider) || DEVICE_FACTS[provider].takesPrompts;
    if (takesQuestion && !namesImage(answer.answer, shown)) {
      return report(answer, failed('sight', { code: 'modelBlind' }));
    }
    const inOnePiece = { name: 'streaming', status: 'warned' } as const;
    return report(answer, answer.streamed ? undefined : inOnePiece);
  } catch (error) {
    const failure = failureOf(await withReplacement(error, open));
    return report({}, failed(placeOf(failure.code)?.step ?? 'model', failure));
  }
}

interface Seen {
  granted: boolean;
  reached: Reached;
  special: CheckStep | undefined;
}

/** Every step before the one that failed has passed, and those after it were not reached. */
function stepsOf(
  names: readonly CheckStepName[],
  { granted, reached, special }: Seen,
): CheckStep[] {
  const at = special ? names.indexOf(special.name) : names.length;
  const isHidden = special?.name === 'permission' && reached === 'failed';
  return names.map((name, index): CheckStep => {
    if (special && name === special.name) return special;
    if (name === 'address' && isHidden) return { name, status: 'skipped' };
    if (name === 'permission' && !granted)
      return { name, status: index < at ? 'warned' : 'skipped' };
    return { name, status: index < at || special?.status === 'warned' ? 'passed' : 'skipped' };
  });
}

function failed(name: CheckStepName, failure: Failure): CheckStep {
  return { name, status: 'failed', failure };
}

/** @throws {AppError} whatever a description would fail with. */
async function askAboutImage(open: OpenConnection, { blob }: TestImage): Promise<TestAnswer> {
  const { connection } = open;
  const limits = { ...kindOf(connection), rule: imageRuleFor(connection.model) };
  return await withDeadline(maxMsFor(connection), async (signal) => {
    const { dataUrl } = await prepareImage(blob, limits, signal);
    return await askTestQuestion(open, dataUrl, signal);
  });
}
