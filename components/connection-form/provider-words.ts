/** What a person should know of each kind of server before choosing it. */
import type { ProviderId } from '../../utils/vision/catalog';
import type { MessageKey } from '../message-key';

interface ProviderWords {
  /** Where pictures go. */
  where: MessageKey;
  /** What it costs and needs. */
  needs: MessageKey;
  /** Where its keys are made, or where it is to be had. */
  page?: { url: string; words: 'connect.keyPage' | 'connect.getServer' };
}

export const PROVIDER_WORDS: Record<ProviderId, ProviderWords> = {
  openai: {
    where: 'connect.openai',
    needs: 'connect.openaiNeeds',
    page: { url: 'https://platform.openai.com/api-keys', words: 'connect.keyPage' },
  },
  openrouter: {
    where: 'connect.openrouter',
    needs: 'connect.openrouterNeeds',
    page: { url: 'https://openrouter.ai/settings/keys', words: 'connect.keyPage' },
  },
  ollama: {
    where: 'connect.ollama',
    needs: 'connect.ollamaNeeds',
    page: { url: 'https://ollama.com/download', words: 'connect.getServer' },
  },
  lmstudio: {
    where: 'connect.lmstudio',
    needs: 'connect.lmstudioNeeds',
    page: { url: 'https://lmstudio.ai/download', words: 'connect.getServer' },
  },
  custom: { where: 'connect.custom', needs: 'connect.customNeeds' },
};
