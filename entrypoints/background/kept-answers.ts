/** Tells a server whose answers the browser keeps from us from one that does not answer. */
import { AppError, errorCode } from '../../utils/errors';
import { isPublicUrl } from '../../utils/image/public-url';
import { hasHost } from '../../utils/permissions';
import { kindOf, type Connection } from '../../utils/vision/connection';
import type { VisionProvider } from '../../utils/vision/provider';
import { reach } from './reach';

/**
 * The same provider, which fails as `permissionMissing` where something answers and the browser lets
 * us not hear it: both look alike to `fetch`. An Ollama that refuses extensions is such a one.
 */
export function namingKeptAnswers(
  connection: Connection,
  provider: VisionProvider,
): VisionProvider {
  async function named(error: unknown): Promise<unknown> {
    const { baseUrl } = connection;
    if (errorCode(error) !== 'unreachable' || (await hasHost(baseUrl))) return error;
    if (!(await reach(baseUrl))) return error;
    const facts = mayRefuseExtensions(connection) ? { mayRefuseExtensions: true } : {};
    return new AppError('permissionMissing', facts, { cause: error });
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
