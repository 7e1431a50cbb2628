/** Asks the usual ports of this computer which model servers run there; only ever when pressed. */
import type { FoundServer } from '../../utils/messaging/calls';
import { PROVIDER_IDS, providerKind } from '../../utils/vision/catalog';
import { createOpenAiProvider } from '../../utils/vision/openai';

const LOOK_MS = 3_000;

/** Those that answered with a list of models, in the order of the catalog. */
export async function lookForServers(): Promise<FoundServer[]> {
  const local = PROVIDER_IDS.filter((id) => providerKind(id).local);
  const found = await Promise.all(
    local.map(async (provider): Promise<FoundServer[]> => {
      const { baseUrl } = providerKind(provider);
      if (!baseUrl) return [];
      const connection = { id: provider, provider, baseUrl, model: '' };
      try {
        const asked = createOpenAiProvider({ connection, key: undefined });
        const models = await asked.listModels(AbortSignal.timeout(LOOK_MS));
        return [{ provider, models: models.length }];
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
}
