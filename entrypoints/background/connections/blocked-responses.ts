/** Says of a server that seems off where the browser may only be hiding its answers. */
import { AppError, errorCode } from '../../../utils/core/errors';
import { isPublicUrl } from '../../../utils/core/image/public-url';
import { hasHost } from '../../../utils/browser/permissions';
import type { Connection } from '../../../utils/core/vision/connection';
import { kindOf } from '../../../utils/core/vision/connection-kind';
import type { VisionProvider } from '../../../utils/core/vision/provider';

/**
 * The same provider, which fails as `maybeBlocked` when there was no response and we have no
 * permission for the host: a server that is off and one that the browser lets us not hear look
 * alike to `fetch`. An Ollama that refuses extensions is an example.
 */
export function detectBlockedResponses(
  connection: Connection,
  provider: VisionProvider,
): VisionProvider {
  async function named(error: unknown): Promise<unknown> {
    const { baseUrl } = connection;
    if (errorCode(error) !== 'unreachable' || (await hasHost(baseUrl))) return error;
    const facts = mayRefuseExtensions(connection) ? { mayRefuseExtensions: true } : {};
    return new AppError('maybeBlocked', facts, { cause: error });
  }

  return {
    async *describe(request, signal) {
      try {
        yield* provider.describe(request, signal);
      } catch (error) {
        throw await named(error);
      }
    },
    async listModels(signal) {
      try {
        return await provider.listModels(signal);
      } catch (error) {
        throw await named(error);
      }
    },
  };
}

/** Ollama, also where the person has entered it as a server of another kind. */
function mayRefuseExtensions(connection: Connection): boolean {
  const { id, refusesExtensions } = kindOf(connection);
  return refusesExtensions === true || (id === 'custom' && !isPublicUrl(connection.baseUrl));
}
