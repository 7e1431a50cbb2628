/** What the connection doctor looks at, in order, and what it found. */
import { ERRORS, type ErrorCode, type Failure } from '../errors';

/** From the address to the first word: none can pass where one before it has failed. */
export const CHECK_STEPS = [
  'address',
  'permission',
  'origin',
  'key',
  'model',
  'sight',
  'streaming',
  'firstWord',
] as const;
export type CheckStepName = (typeof CHECK_STEPS)[number];

/**
 * What a check can end at. Each has a test in both browsers, which does not compile without one.
 */
export type CheckCode = {
  [Code in ErrorCode]: (typeof ERRORS)[Code] extends { check: object } ? Code : never;
}[ErrorCode];

/** What a person can change when a check fails; `doctor.settings` has the messages. */
type CheckSetting = (typeof ERRORS)[CheckCode]['check']['setting'];

/**
 * Where a check of the connection ends with a failure, and what mends it; `undefined` for a failure
 * that no check ends at.
 */
export function placeOf(
  code: ErrorCode,
): { step: CheckStepName; setting: CheckSetting } | undefined {
  // A row that names a step unknown here fails to compile here.
  const row = ERRORS[code];
  return 'check' in row ? row.check : undefined;
}

/** A step that may be missing while descriptions come all the same, only worse. */
export type WarnedStepName = 'permission' | 'streaming';

export type CheckStep =
  | { name: CheckStepName; status: 'passed' }
  | { name: WarnedStepName; status: 'warned' }
  | { name: CheckStepName; status: 'failed'; failure: Failure }
  /** Not reached. */
  | { name: CheckStepName; status: 'skipped' };

export interface CheckReport {
  /** Those that the kind of connection has. */
  steps: CheckStep[];
  /** What the image showed, as message keys: `colour.green`, `shape.triangle`. */
  shown: { colour: TestColour; shape: TestShape };
  /** What the model said of it, shortened. */
  answer?: string;
  /** As the server named it. */
  model: string;
  /** From the question to the first word, in milliseconds. */
  firstWordMs?: number;
}

/** Whether the connection can be used as it is. */
export function passes({ steps }: CheckReport): boolean {
  return steps.every(({ status }) => status === 'passed' || status === 'warned');
}

export const TEST_COLOURS = ['red', 'green', 'blue', 'yellow'] as const;
export const TEST_SHAPES = ['circle', 'square', 'triangle'] as const;
export type TestColour = (typeof TEST_COLOURS)[number];
export type TestShape = (typeof TEST_SHAPES)[number];
