/** What a person should know about each provider before choosing it. */
import { providerKind } from '../../utils/core/vision/providers';
import type { ProviderId } from '../../utils/core/vision/provider-kind';
import type { MessageKey } from '../../utils/browser/words/message-key';

interface ProviderWords {
  /** What it needs and costs. */
  needs: MessageKey;
  /** Where to get an API key, or where to download the server. */
  page?: { url: string; words: 'connect.keyPage' | 'connect.getServer' };
}

const NEEDS: Partial<Record<ProviderId, MessageKey>> = {
  openai: 'connect.openaiNeeds',
  openrouter: 'connect.openrouterNeeds',
  google: 'connect.googleNeeds',
  azure: 'connect.azureNeeds',
  chromeModel: 'device.chromeNeeds',
  firefoxModel: 'device.firefoxNeeds',
  custom: 'connect.customNeeds',
};

const KEY_PAGES: Partial<Record<ProviderId, string>> = {
  openai: 'https://platform.openai.com/api-keys',
  anthropic: 'https://platform.claude.com/settings/keys',
  google: 'https://aistudio.google.com/apikey',
  openrouter: 'https://openrouter.ai/settings/keys',
  mistral: 'https://console.mistral.ai/api-keys',
  groq: 'https://console.groq.com/keys',
  xai: 'https://console.x.ai',
  azure: 'https://ai.azure.com',
};
const DOWNLOAD_PAGES: Partial<Record<ProviderId, string>> = {
  ollama: 'https://ollama.com/download',
  lmstudio: 'https://lmstudio.ai/download',
  llamacpp: 'https://github.com/ggml-org/llama.cpp',
  vllm: 'https://docs.vllm.ai',
};

export function providerWords(id: ProviderId): ProviderWords {
  const usual = providerKind(id).local ? 'connect.localNeeds' : 'connect.cloudNeeds';
  const words = { needs: NEEDS[id] ?? usual };
  const [keys, download] = [KEY_PAGES[id], DOWNLOAD_PAGES[id]];
  if (keys) return { ...words, page: { url: keys, words: 'connect.keyPage' } };
  if (download) return { ...words, page: { url: download, words: 'connect.getServer' } };
  return words;
}
