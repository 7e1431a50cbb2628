/** How a call from another context is answered, on either side: parsed, and only for our own. */
import * as v from 'valibot';
import { browser, type Browser } from 'wxt/browser';
import { AppError, asResult, type Result } from '../errors';

type Sender = Browser.runtime.MessageSender;

/** The listener for one call: its data parsed before it is used, and always a `Result` given. */
export function answering<Schema extends v.GenericSchema, Value>(
  schema: Schema,
  handle: (data: v.InferOutput<Schema>, sender: Sender) => Promise<Value> | Value,
): (message: { data: unknown; sender: Sender }) => Promise<Result<Value>> {
  return async ({ data, sender }) =>
    await asResult(async () => {
      if (sender.id !== browser.runtime.id) throw new AppError('unexpected');
      return await handle(v.parse(schema, data), sender);
    });
}
