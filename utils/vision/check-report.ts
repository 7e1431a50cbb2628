/** What the connection doctor looks at, in order, and what it found. */
import type { ErrorCode } from '../errors';
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

/** What a person can change when a check fails; `doctor.settings` has the words. */
export type CheckSetting =
  | 'network'
  | 'address'
  | 'permission'
  | 'origin'
  | 'key'
  | 'rights'
  | 'credit'
  | 'limits'
  | 'cap'
  | 'model'
  | 'modelOrAddress'
  | 'deviceModel'
  | 'server'
  | 'room'
  | 'patience';

interface FailurePlace {
  step: CheckStepName;
  setting: CheckSetting;
}

/** Before the doctor asks, or of pictures that are not its own drawing. */
const NEVER = undefined;

/** Where each failure of the doctor's question belongs, and what mends it. */
const FAILURE_PLACES = {
  offline: { step: 'address', setting: 'network' },
  unreachable: { step: 'address', setting: 'address' },
  addressWrong: { step: 'address', setting: 'address' },
  answerMalformed: { step: 'address', setting: 'address' },
  permissionMissing: { step: 'permission', setting: 'permission' },
  originRefused: { step: 'origin', setting: 'origin' },
  keyRefused: { step: 'key', setting: 'key' },
  accessRefused: { step: 'key', setting: 'rights' },
  quotaUsedUp: { step: 'key', setting: 'credit' },
  rateLimited: { step: 'key', setting: 'limits' },
  capReached: { step: 'key', setting: 'cap' },
  modelNotFound: { step: 'model', setting: 'model' },
  modelUnavailable: { step: 'model', setting: 'deviceModel' },
  serverError: { step: 'model', setting: 'server' },
  requestRefused: { step: 'model', setting: 'modelOrAddress' },
  imageRefused: { step: 'sight', setting: 'model' },
  imageNotDownloadable: { step: 'sight', setting: 'server' },
  contentRefused: { step: 'sight', setting: 'model' },
  modelBlind: { step: 'sight', setting: 'model' },
  answerBroken: { step: 'streaming', setting: 'server' },
  answerEmpty: { step: 'streaming', setting: 'room' },
  timedOut: { step: 'firstWord', setting: 'patience' },
  noConnection: NEVER,
  imageUnreadable: NEVER,
  imageNotInView: NEVER,
  imageGone: NEVER,
  altNotTaken: NEVER,
  compareFull: NEVER,
  compareFew: NEVER,
  pageRefused: NEVER,
  imageTooLarge: NEVER,
  imageBroken: NEVER,
  imageEmpty: NEVER,
  keysLocked: NEVER,
  promptNotTaken: NEVER,
  interrupted: NEVER,
  reloaded: NEVER,
  historyBlocked: NEVER,
  historyNewer: NEVER,
  historyFull: NEVER,
  historyBroken: NEVER,
  storageFailed: NEVER,
  unexpected: NEVER,
} as const satisfies Record<ErrorCode, FailurePlace | undefined>;

type Places = typeof FAILURE_PLACES;

/** What a check can end at. Each has a test in both browsers, which does not compile without one. */
export type CheckCode = {
  [Code in ErrorCode]: Places[Code] extends FailurePlace ? Code : never;
}[ErrorCode];

/** The place of a failure; `undefined` for one that nobody expected there. */
export function placeOf(code: ErrorCode): FailurePlace | undefined {
  return FAILURE_PLACES[code];
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
