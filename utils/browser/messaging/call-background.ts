/** How our pages and scripts call the background. */
import { valueOf, type Result } from '../../core/errors';
import type { BackgroundCalls } from './background-calls';
import type { InputOf, OutputOf } from './call';
import { messenger } from './messenger';

/** Calls the background. Never rejects: one that does not answer at all is `interrupted`. */
export async function callBackground<Name extends keyof BackgroundCalls>(
  name: Name,
  input: InputOf<BackgroundCalls[Name]>,
): Promise<Result<OutputOf<BackgroundCalls[Name]>>> {
  try {
    const answer = await messenger.sendMessage(name, input);
    // As its row says: the background is ours, and of the same build.
    return answer as Result<OutputOf<BackgroundCalls[Name]>>;
  } catch (error) {
    console.error(error);
    return { ok: false, code: 'interrupted' };
  }
}

/** What the background gives. @throws {AppError} for whatever `callBackground` says went wrong. */
export async function askBackground<Name extends keyof BackgroundCalls>(
  name: Name,
  input: InputOf<BackgroundCalls[Name]>,
): Promise<OutputOf<BackgroundCalls[Name]>> {
  return valueOf(await callBackground(name, input));
}
