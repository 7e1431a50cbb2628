/** Gives a freshly started browser the connection that the welcome page would have stored. */
import { writeStorage } from '../../test/e2e/harness/extension-page.ts';
import type { LaunchedBrowser } from '../launch.ts';

/** A connection as the extension stores it, and what to say about it. */
export interface ModelSource {
  /** One line for the person: which model, where, and why this one. */
  line: string;
  provider: 'openai' | 'ollama' | 'lmstudio' | 'custom';
  baseUrl: string;
  model: string;
  key?: string;
  stop(): Promise<void>;
}

/** Stores the connection, and its key apart, in the shapes of `utils/settings/`. */
export async function storeConnection(
  launched: LaunchedBrowser,
  { provider, baseUrl, model, key }: ModelSource,
): Promise<void> {
  const id = 'npm-start';
  await writeStorage(launched, {
    connections: [{ id, provider, baseUrl, model }],
    keys: key === undefined ? {} : { [id]: key },
  });
}
