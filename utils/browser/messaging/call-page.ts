/** How the background calls the scripts in a tab; what they answer is parsed as all that pages send. */
import * as v from 'valibot';
import { AppError, ERROR_CODES } from '../../core/errors';
import type { InputOf, OutputOf } from './call';
import { messenger } from './messenger';
import { pageCalls } from './page-calls';
import { pickCalls } from './pick-calls';

const scriptCalls = { ...pageCalls, ...pickCalls };
type ScriptCalls = typeof scriptCalls;

const answerSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.optional(v.unknown()) }),
  v.object({ ok: v.literal(false), code: v.picklist(ERROR_CODES) }),
]);

/**
 * Calls our script in a tab.
 *
 * @throws {AppError} with the code that the script names; another error where it is not there, or
 *   answers what it must not.
 */
export async function callPage<Name extends keyof ScriptCalls>(
  tabId: number,
  name: Name,
  input: InputOf<ScriptCalls[Name]>,
): Promise<OutputOf<ScriptCalls[Name]>> {
  const sent = await messenger.sendMessage(name, input, { tabId, frameId: 0 });
  const answer = v.parse(answerSchema, sent);
  if (!answer.ok) throw new AppError(answer.code);
  return v.parse(scriptCalls[name].output, answer.value);
}
