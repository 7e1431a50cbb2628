/** Asks the usual ports of this computer which model servers run there; only ever when pressed. */
import { AppError } from '../../utils/errors';
import type { FoundServer } from '../../utils/messaging/calls';
import { PROVIDER_IDS, providerKind } from '../../utils/vision/catalog';
import { createOpenAiProvider } from '../../utils/vision/openai';
import { namingKeptAnswers } from './kept-answers';

const LOOK_MS = 3_000;

/** Those that answered with a list of models, or refused us, in the order of the catalog. */
export async function lookForServers(): Promise<FoundServer[]> {
  const local = PROVIDER_IDS.filter((id) => providerKind(id).local);
  const found = await Promise.all(
    local.map(async (provider): Promise<FoundServer[]> => {
      const { baseUrl } = providerKind(provider);
      if (!baseUrl) return [];
      const connection = { id: provider, provider, baseUrl, model: '' };
      try {
        const asked = createOpenAiProvider({ connection, key: undefined });
        const models = await namingKeptAnswers(connection, asked).listModels(
          AbortSignal.timeout(LOOK_MS),
        );
        return [{ provider, models: models.length }];
      } catch (error) {
        return refusesUs(error) ? [{ provider, models: 'refused' }] : [];
      }
    }),
  );
  return found.flat();
}

/** It is there, and lets no extension in. */
function refusesUs(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code === 'originRefused' || error.facts.mayRefuseExtensions === true;
}
