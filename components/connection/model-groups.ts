/** A server's models in the order a person should look at them. */
import type { ProviderKind } from '../../utils/core/vision/provider-kind';
import { suggestedModels } from '../../utils/core/vision/suggested-models';
import type { OfferedModel } from '../../utils/core/vision/provider';
import type { MessageKey } from '../../utils/browser/words/message-key';

export interface ModelGroup {
  words: MessageKey;
  models: readonly OfferedModel[];
}

/** Suggested ones first, then those that see, those that may, and those that do not. */
export function modelGroups(models: readonly OfferedModel[], kind: ProviderKind): ModelGroup[] {
  const suggested = suggestedModels(models, kind);
  const rest = models.filter((model) => !suggested.includes(model));
  const groups: ModelGroup[] = [
    { words: 'connect.modelSuggested', models: suggested },
    { words: 'connect.modelCanSee', models: rest.filter(({ vision }) => vision === true) },
    { words: 'connect.modelUnknown', models: rest.filter(({ vision }) => vision === undefined) },
    { words: 'connect.modelBlind', models: rest.filter(({ vision }) => vision === false) },
  ];
  return groups.filter((group) => group.models.length > 0);
}

/** The model to begin with; empty where there is no reason to prefer one. */
export function firstModel(models: readonly OfferedModel[], kind: ProviderKind): string {
  const suggested = suggestedModels(models, kind)[0];
  const sees = models.find(({ vision }) => vision === true);
  const only = models.length === 1 ? models[0] : undefined;
  return (suggested ?? sees ?? only)?.id ?? '';
}
