/** `advance()`: the only way from one state of an answer to the next. */
import type * as v from 'valibot';
import {
  hasEnded,
  hasWords,
  isSettled,
  textOf,
  type Before,
  type AnswerEvent,
  type AnswerState,
  type partialSchema,
} from './answer-state';

/**
 * The state after an event. An event that does not belong to the state leaves it as it is (words
 * that arrive after Stop, say), so that late events cannot bring a settled answer back.
 */
export function advance(state: AnswerState, event: AnswerEvent): AnswerState {
  if (event.type === 'asked') return state.status === 'asking' ? { status: 'queued' } : state;
  if (event.type === 'askedAgain') {
    return hasEnded(state) ? { status: 'queued', ...withBefore(beforeOf(state)) } : state;
  }
  if (isSettled(state)) return state;
  switch (event.type) {
    case 'connectionMissing':
      return { status: 'waiting', ...withBefore(beforeOf(state)) };
    case 'started': {
      const { text = '', at } = event;
      // Begun anew in mid-answer, it has been sent.
      const sent = state.status === 'running' && state.sent ? { sent: state.sent } : {};
      const before = withBefore(beforeOf(state));
      return { status: 'running', text, startedAt: at, ...sent, ...before };
    }
    case 'waiting':
      return state.status === 'running' ? { ...state, waitingForSlot: true } : state;
    case 'sending': {
      if (state.status !== 'running') return state;
      const { waitingForSlot: _waiting, ...rest } = state;
      return { ...rest, sent: event.sent };
    }
    case 'words':
      return state.status === 'running' ? withWords(state, event) : state;
    case 'retryPlanned': {
      const { failure, attempt, attempts, until } = event;
      const plan = { failure, attempt, attempts, until };
      return { status: 'retrying', ...plan, ...withBefore(beforeOf(state)) };
    }
    case 'finished':
      return finished(state, event);
    case 'reused':
      return { ...event.answer, reusedFrom: event.from };
    case 'failed':
      return { status: 'failed', failure: event.failure, ...partial(state) };
    case 'stopped':
      return { status: 'stopped', ...partial(state) };
  }
}

function withWords(
  { before, ...state }: Extract<AnswerState, { status: 'running' }>,
  { text: more, at }: { text: string; at: number },
): AnswerState {
  const text = state.text + more;
  const next = { ...state, text, firstWordAt: state.firstWordAt ?? at };
  return hasWords(text) ? next : { ...next, ...withBefore(before) };
}

/** The words that a new try has to keep until it has some of its own. */
function beforeOf(state: AnswerState): Before | undefined {
  if ('before' in state) return state.before;
  const text = textOf(state);
  if (!hasWords(text)) return undefined;
  const whole = state.status === 'done' || ('whole' in state && state.whole === true);
  return whole ? { text, whole } : { text };
}

function withBefore(before: Before | undefined): { before?: Before } {
  return before ? { before } : {};
}

/** What had arrived, or else what the try before had, and what had been sent for it. */
function partial(state: AnswerState): v.InferOutput<typeof partialSchema> {
  const text = textOf(state);
  const isBefore = !('text' in state) || !hasWords(state.text);
  const whole = isBefore && 'before' in state && state.before?.whole === true;
  const sent = state.status === 'running' ? state.sent : undefined;
  return { text, ...(whole ? { whole } : {}), ...(sent ? { sent } : {}) };
}

function finished(state: AnswerState, event: AnswerEvent & { type: 'finished' }): AnswerState {
  if (state.status !== 'running' || !state.sent) return state;
  // An answer without words is an error, never an empty description.
  if (!hasWords(state.text)) {
    return {
      status: 'failed',
      failure: { code: 'answerEmpty' },
      ...partial({ ...state, text: '' }),
    };
  }
  const { text, startedAt, firstWordAt = event.at, sent } = state;
  const { model, cut, usage, at } = event;
  const done = { status: 'done' as const, text: text.trim(), startedAt, firstWordAt, sent };
  return { ...done, finishedAt: at, model, cut, ...(usage ? { usage } : {}) };
}
