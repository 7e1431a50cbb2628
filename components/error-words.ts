/** The words of every failure and its next step. A code without words does not compile. */
import { i18n } from '#i18n';
import type { ErrorCode } from '../utils/errors';
import type { MessageKey } from './message-key';

/** What helps: a change in settings, another try, one with more room for the answer, or neither. */
export type NextStep = 'settings' | 'connect' | 'retry' | 'retryLonger' | 'none';

export interface ErrorWords {
  /** What happened. */
  title: MessageKey;
  /** What it means and what to do, in a sentence or two. */
  next: MessageKey;
  step: NextStep;
}

const STEPS: Record<ErrorCode, NextStep> = {
  noConnection: 'connect',
  imageUnreadable: 'retry',
  imageNotInView: 'retry',
  imageGone: 'none',
  altNotTaken: 'none',
  compareFull: 'none',
  compareFew: 'none',
  pageRefused: 'none',
  imageTooLarge: 'none',
  imageBroken: 'retry',
  imageEmpty: 'none',
  keysLocked: 'settings',
  capReached: 'settings',
  permissionMissing: 'settings',
  offline: 'retry',
  unreachable: 'settings',
  timedOut: 'retry',
  keyRefused: 'settings',
  accessRefused: 'settings',
  originRefused: 'retry',
  addressWrong: 'settings',
  modelNotFound: 'settings',
  modelBlind: 'settings',
  modelUnavailable: 'settings',
  promptNotTaken: 'none',
  quotaUsedUp: 'retry',
  rateLimited: 'retry',
  serverError: 'retry',
  imageRefused: 'settings',
  imageNotDownloadable: 'retry',
  contentRefused: 'settings',
  requestRefused: 'settings',
  answerEmpty: 'retryLonger',
  answerMalformed: 'settings',
  answerBroken: 'retry',
  interrupted: 'retry',
  reloaded: 'none',
  historyBlocked: 'none',
  historyNewer: 'none',
  historyFull: 'none',
  historyBroken: 'none',
  storageFailed: 'retry',
  unexpected: 'retry',
};

/** The words for a failure, as message keys, and the step that helps. */
export function errorWords(code: ErrorCode): ErrorWords {
  // A code whose words are missing from the message file fails to compile here.
  return { title: `error.${code}.title`, next: `error.${code}.next`, step: STEPS[code] };
}

/** What may be mended at the connection: there the doctor is offered. */
const OF_CONNECTION: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'permissionMissing',
  'unreachable',
  'timedOut',
  'keyRefused',
  'accessRefused',
  'originRefused',
  'addressWrong',
  'modelNotFound',
  'modelUnavailable',
  'quotaUsedUp',
  'serverError',
  'imageRefused',
  'requestRefused',
  'answerEmpty',
  'answerMalformed',
  'answerBroken',
]);

/** Whether looking at the connection step by step may tell more. */
export function isOfConnection(code: ErrorCode): boolean {
  return OF_CONNECTION.has(code);
}

/** A failure in two sentences: what happened, and what to do. */
export function errorSentences(code: ErrorCode): string {
  const { title, next } = errorWords(code);
  return `${i18n.t(title)}. ${i18n.t(next)}`;
}
