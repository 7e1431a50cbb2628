/** Gives a freshly started browser the connection that the welcome page would have stored. */
import { writeStorage } from '../../test/e2e/harness/extension-page.ts';
import type { LaunchedBrowser } from '../launch.ts';
import type { ModelSource } from './model-source.ts';

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
