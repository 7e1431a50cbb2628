/** Asks the usual ports of this computer which model servers run there; only ever when pressed. */
import { AppError, errorCode } from '../../../utils/core/errors';
import type { FoundServer } from '../../../utils/browser/messaging/background-calls';
import { providerKind } from '../../../utils/core/vision/providers';
import { PROVIDER_IDS } from '../../../utils/core/vision/provider-kind';
import { createOpenAiProvider } from '../../../utils/core/vision/openai';
import { detectBlockedResponses } from './blocked-responses';

const LOOK_MS = 3_000;

/** Those that list their models, refuse us or may be hidden from us, in the order of the catalog. */
export async function findLocalServers(): Promise<FoundServer[]> {
  const local = PROVIDER_IDS.filter((id) => providerKind(id).local);
  const found = await Promise.all(
    local.map(async (provider): Promise<FoundServer[]> => {
      const { baseUrl } = providerKind(provider);
      if (!baseUrl) return [];
      const connection = { id: provider, provider, baseUrl, model: '' };
      const signal = AbortSignal.timeout(LOOK_MS);
      try {
        const asked = createOpenAiProvider({ connection, key: undefined });
        const models = await detectBlockedResponses(connection, asked).listModels(signal);
        return [{ provider, models: models.length }];
      } catch (error) {
        if (!signal.aborted && errorCode(error) === 'unexpected') throw error;
        const models = shutOut(error);
        return models ? [{ provider, models }] : [];
      }
    }),
  );
  return found.flat();
}

/** It is there and lets no extension in, or may be. */
function shutOut(error: unknown): 'refused' | 'hidden' | undefined {
  if (!(error instanceof AppError)) return undefined;
  if (error.code === 'originRefused') return 'refused';
  return error.facts.mayRefuseExtensions ? 'hidden' : undefined;
}
