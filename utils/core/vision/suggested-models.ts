/** Which of a server's models to try first. */
import type { ProviderKind } from './provider-kind';
import type { OfferedModel } from './provider';

/**
 * Those that the row of the server prefers, best first: none that cannot see, and none that may not
 * where others are known to.
 */
export function suggestedModels(
  models: readonly OfferedModel[],
  { preferredModels }: ProviderKind,
): OfferedModel[] {
  const rankOf = ({ id }: OfferedModel) => preferredModels.findIndex((each) => each.test(id));
  const seers = models.filter(({ vision }) => vision === true);
  const from = seers.length > 0 ? seers : models;
  return from
    .filter((model) => model.vision !== false && rankOf(model) >= 0)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}
