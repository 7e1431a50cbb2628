/** Whether anything answers at an address, before a question and its image go there. */
import { AppError } from '../../../utils/core/errors';
import { fetchFromServer, NetworkFailure } from '../../../utils/core/vision/server-fetch';

const REACH_MS = 10_000;

/**
 * `failed` says that nothing answers only where we have the host: else the browser also hides
 * answers. A request without CORS would tell them apart; by the Fetch standard it follows redirects
 * or fails, and a server could send it anywhere in the person's network.
 */
export type Reached = 'answers' | 'failed' | 'silent';

export async function reach(baseUrl: string): Promise<Reached> {
  const signal = AbortSignal.timeout(REACH_MS);
  try {
    const { body } = await fetchFromServer(`${baseUrl}/models`, { signal });
    await body?.cancel();
    return 'answers';
  } catch (error) {
    if (signal.aborted) return 'silent';
    if (error instanceof NetworkFailure) return 'failed';
    if (error instanceof AppError) return 'answers';
    throw error;
  }
}
