/** A failure for want of a model, with one to use in its place. */
import { AppError } from '../../../utils/core/errors';
import type { OfferedModel } from '../../../utils/core/vision/provider';
import type { OpenConnection } from './open-connection';

const LIST_MS = 10_000;

/** The same error; one for a missing model names another that the server has. Never rejects. */
export async function withReplacement(
  failure: unknown,
  { connection, provider }: OpenConnection,
): Promise<unknown> {
  if (!(failure instanceof AppError) || failure.code !== 'modelNotFound') return failure;
  const listed = await provider
    .listModels(AbortSignal.timeout(LIST_MS))
    .catch((): OfferedModel[] => []);
  const { replacementFor } = await import('../../../utils/core/vision/replacement');
  const replacement = replacementFor(connection, listed);
  if (replacement === undefined) return failure;
  return new AppError(failure.code, { ...failure.facts, replacement }, { cause: failure });
}
