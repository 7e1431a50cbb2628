/** The last resort of `npm start`: a demo server with prepared words, which says that it is one. */
import { LLMock } from '@copilotkit/aimock';
import { userTurn } from '../../test/e2e/harness/user-turn.ts';
import { demoAnswer } from '../demo/recognise.ts';
import type { ModelSource } from './store-connection.ts';

const MODEL = 'scripted-demo';

const NOT_OF_THE_DEMO =
  'These words are scripted: no model has looked at this image, which is none of the demo page. ' +
  'Set OPENAI_API_KEY, or run Ollama with a vision model, and start again to read a true ' +
  'description here.';

/** Starts the demo server on a free port of this machine. */
export async function startScriptedModel(): Promise<ModelSource> {
  const mock = new LLMock({ port: 0 });
  mock.on(
    { model: MODEL, endpoint: 'chat' },
    (request) => {
      const { prompt, images } = userTurn(request);
      return { content: demoAnswer(images[0] ?? '', prompt) ?? NOT_OF_THE_DEMO, model: MODEL };
    },
    // About as fast as a small hosted model.
    { streamingProfile: { ttft: 500, tps: 25 } },
  );
  await mock.start();
  return {
    line: 'Model: scripted. Without OPENAI_API_KEY, Ollama or LM Studio, a demo server answers with prepared words.',
    provider: 'custom',
    baseUrl: `${mock.url}/v1`,
    model: MODEL,
    stop: () => mock.stop(),
  };
}
