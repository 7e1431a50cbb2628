/**
 * Between the background and the page that asks a browser's own model: a port for each question.
 */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { AppError, asResult, failureSchema } from '../../core/errors';
import type { VisionEvent, VisionProvider, VisionRequest } from '../../core/vision/provider';
import { isBackground } from './sender';

const DEVICE_PORT = 'device-model';

const eventSchema = v.variant('type', [
  v.object({ type: v.literal('words'), text: v.string() }),
  v.object({
    type: v.literal('end'),
    model: v.string(),
    cut: v.boolean(),
    streamed: v.boolean(),
  }),
  v.object({ type: v.literal('failed'), failure: failureSchema }),
]);
type PortEvent = v.InferOutput<typeof eventSchema>;

const partSchema = v.variant('type', [
  v.object({ type: v.literal('text'), text: v.string() }),
  v.object({ type: v.literal('image'), url: v.string() }),
]);
const requestSchema = v.object({
  model: v.string(),
  instructions: v.string(),
  messages: v.array(
    v.variant('role', [
      v.object({ role: v.literal('user'), parts: v.array(partSchema) }),
      v.object({ role: v.literal('assistant'), text: v.string() }),
    ]),
  ),
  language: v.optional(v.string()),
  typed: v.optional(v.boolean()),
  maxTokens: v.number(),
});

/**
 * Asks the page, which must be there, and gives the answer as it arrives.
 *
 * @throws {AppError} as a provider does; `interrupted` where the page goes.
 */
export async function* askDevicePage(
  request: VisionRequest,
  signal: AbortSignal,
): AsyncGenerator<VisionEvent> {
  const port = browser.runtime.connect({ name: DEVICE_PORT });
  const events = new ReadableStream<PortEvent>({
    start(controller) {
      const end = (error: Error) => {
        signal.removeEventListener('abort', stop);
        controller.error(error);
      };
      const stop = () => {
        port.disconnect();
        end(new AppError('interrupted'));
      };
      signal.addEventListener('abort', stop);
      port.onMessage.addListener((message: unknown) => {
        const parsed = v.safeParse(eventSchema, message);
        if (parsed.success) controller.enqueue(parsed.output);
        else end(new AppError('answerMalformed'));
      });
      port.onDisconnect.addListener(() => end(new AppError('interrupted')));
    },
  });
  try {
    port.postMessage(request);
    for await (const event of events) {
      if (event.type === 'failed') {
        const { code, ...facts } = event.failure;
        throw new AppError(code, facts);
      }
      yield event;
      if (event.type === 'end') return;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    port.disconnect();
  }
}

/**
 * Answers such ports. Call it synchronously when the page starts. `onIdle`: there are no more
 * requests.
 */
export function serveDevicePage(provider: VisionProvider, onIdle: () => void): void {
  let asked = 0;
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== DEVICE_PORT) return;
    if (!port.sender || !isBackground(port.sender)) return port.disconnect();
    const controller = new AbortController();
    asked += 1;
    port.onDisconnect.addListener(() => {
      controller.abort();
      asked -= 1;
      if (asked === 0) onIdle();
    });
    port.onMessage.addListener((message: unknown) => void answer(message));

    async function answer(message: unknown): Promise<void> {
      const done = await asResult(async () => {
        const request = v.parse(requestSchema, message);
        for await (const event of provider.describe(request, controller.signal)) {
          port.postMessage(event);
        }
      });
      if (done.ok || controller.signal.aborted) return;
      const { ok: _, ...failure } = done;
      port.postMessage({ type: 'failed', failure });
    }
  });
}
