/** Which model `npm start` describes images with: the first of several that is there. */
import { findLmStudio, findOllama } from './local-models.ts';
import { startRelay } from './relay.ts';
import { startScriptedModel } from './scripted-model.ts';
import type { ModelSource } from './store-connection.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
const OPENAI_MODEL = 'gpt-6-luna';

/** The person's own key, else a local server with a vision model, else the scripted one. */
export async function findModelSource(env: NodeJS.ProcessEnv): Promise<ModelSource> {
  return fromKey(env) ?? (await fromLocalServer(env['DESCRY_MODEL'])) ?? startScriptedModel();
}

function fromKey(env: NodeJS.ProcessEnv): ModelSource | undefined {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL, DESCRY_MODEL: model = OPENAI_MODEL } = env;
  if (!key) return undefined;
  const baseUrl = (OPENAI_BASE_URL ?? OPENAI_URL).replace(/\/+$/, '');
  return {
    line: `Model: ${model} at ${new URL(baseUrl).host}, with the key in OPENAI_API_KEY.`,
    provider: baseUrl === OPENAI_URL ? 'openai' : 'custom',
    baseUrl,
    model,
    key,
    stop: () => Promise.resolve(),
  };
}

async function fromLocalServer(wanted: string | undefined): Promise<ModelSource | undefined> {
  const found = (await findOllama(wanted)) ?? (await findLmStudio(wanted));
  if (!found) return undefined;
  const { name, provider, url, model } = found;
  const relay = await startRelay(url);
  return {
    // Ollama answers 403 to the origin of an extension; LM Studio names none as allowed.
    line: `Model: ${model} in ${name} on this machine, through a relay that drops the Origin header.`,
    provider,
    baseUrl: `${relay.url}/v1`,
    model,
    stop: relay.stop,
  };
}
