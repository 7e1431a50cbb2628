/** Which model to use where one is gone. */
import type { Connection } from './connection';
import { kindOf } from './connection-kind';
import { retirementOf } from './known-models';
import type { OfferedModel } from './provider';
import { suggestedModels } from './suggested-models';

/**
 * A model of the list in place of a connection's own: the one its maker names, else the suggested
 * one, else the one of the nearest name that is not known to be blind. `undefined` where the list
 * has none.
 */
export function replacementFor(
  connection: Connection,
  listed: readonly OfferedModel[],
): string | undefined {
  const gone = connection.model;
  const others = listed.filter(({ id, vision }) => id !== gone && vision !== false);
  const kind = kindOf(connection);
  const named =
    listed.find(({ id }) => id === gone)?.replacement ?? retirementOf(kind.id, gone)?.replacement;
  if (named !== undefined && others.some(({ id }) => id === named)) return named;
  const seeing = others.filter(({ vision }) => vision === true);
  const from = seeing.length > 0 ? seeing : others;
  const [suggested] = suggestedModels(from, kind);
  if (suggested) return suggested.id;
  return from.toSorted((a, b) => likeness(b.id, gone) - likeness(a.id, gone))[0]?.id;
}

/** How many characters two names have in common at their beginning. */
function likeness(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
