/** How scripts in a page answer the background. */
import type * as v from 'valibot';
import { answering } from './answering';
import { pageCalls, type PageCalls } from './calls';

/** One line of the call map, answered. */
export function on<Schema extends v.GenericSchema>(
  name: keyof PageCalls,
  schema: Schema,
  handle: (data: v.InferOutput<Schema>) => unknown,
): void {
  // The library cannot see that a `Result` of the handler's value is what the call map names.
  pageCalls.onMessage(name, answering(schema, handle) as never);
}
