/** What a person changes: each change names what it changes, so that two pages can work at once. */
import * as v from 'valibot';
import { connectionSchema, type Connection } from '../../core/vision/connection';

const { id: connectionId, ...connectionFields } = connectionSchema.entries;

/** Some fields of a connection. */
export const connectionChangeSchema = v.object({
  id: connectionId,
  set: v.partial(v.strictObject(connectionFields)),
  /** The fields it no longer has. */
  unset: v.array(v.picklist(['name', 'price', 'monthlyCap', 'takesUrls', 'firstWordSeconds'])),
});

export type ConnectionChange = v.InferInput<typeof connectionChangeSchema>;
type ConnectionFields = ConnectionChange['set'];

/** A change of some fields; those that are `undefined` are taken away. */
export function connectionChange(
  id: string,
  fields: { [Field in keyof ConnectionFields]: ConnectionFields[Field] | undefined },
): ConnectionChange {
  const { unset } = connectionChangeSchema.entries;
  return {
    id,
    set: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    unset: unset.item.options.filter((field) => field in fields && fields[field] === undefined),
  };
}

/** A connection with a change made; `undefined` where the result is none. */
export function changedConnection(
  before: Connection | undefined,
  { id, set, unset }: ConnectionChange,
): Connection | undefined {
  const next: Record<string, unknown> = { ...before, ...set, id };
  for (const field of unset) delete next[field];
  const parsed = v.safeParse(connectionSchema, next);
  return parsed.success ? parsed.output : undefined;
}
