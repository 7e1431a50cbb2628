/** Stored lists in which a newer Descry may have left entries and fields that this version does not know. */
import * as v from 'valibot';
import { AppError } from '../../core/errors';

type EntrySchema<T extends { id: string }> = v.GenericSchema<unknown, T> & {
  readonly entries: Readonly<Record<string, unknown>>;
};

/** The entries that this version understands. */
export function knownEntries<T extends { id: string }>(
  schema: EntrySchema<T>,
  stored: readonly unknown[],
): T[] {
  return stored.flatMap((each) => {
    const parsed = v.safeParse(schema, each);
    return parsed.success ? [parsed.output] : [];
  });
}

/**
 * The stored list with the known entries as they are now. Unknown entries keep their place, and known
 * entries keep the fields that this version does not know.
 *
 * @throws {AppError} `settingsNewer` where an entry would take the id of an unknown one.
 */
export function withKnownEntries<T extends { id: string }>(
  schema: EntrySchema<T>,
  stored: readonly unknown[],
  known: readonly T[],
): unknown[] {
  const isKnown = (each: unknown) => v.is(schema, each);
  const next: unknown[] = known.map((entry) => {
    const before = stored.find((each) => idOf(each) === entry.id);
    if (before !== undefined && !isKnown(before)) throw new AppError('settingsNewer');
    const unknownFields = Object.entries(before ?? {}).filter(
      ([field]) => !Object.hasOwn(schema.entries, field),
    );
    return { ...Object.fromEntries(unknownFields), ...entry };
  });
  for (const [at, each] of stored.entries()) {
    if (!isKnown(each)) next.splice(at, 0, each);
  }
  return next;
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
}
