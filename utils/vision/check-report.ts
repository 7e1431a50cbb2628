/** What the connection doctor looks at, in order, and what it found. */
import type { Failure } from '../jobs/job';

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
  /** What the picture showed, as message keys: `colour.green`, `shape.triangle`. */
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
