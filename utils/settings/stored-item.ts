/** Reads a stored value as what it must be. */
import * as v from 'valibot';

/** A stored value; the fallback where there is none, or, told on the console, none that parses. */
export async function readOr<Schema extends v.GenericSchema>(
  item: { key: string; getValue(): Promise<unknown> },
  schema: Schema,
  fallback: () => v.InferOutput<Schema>,
): Promise<v.InferOutput<Schema>> {
  const stored = await item.getValue();
  if (stored === null || stored === undefined) return fallback();
  const parsed = v.safeParse(schema, stored);
  if (parsed.success) return parsed.output;
  console.error(`what is stored as ${item.key} does not parse`, parsed.issues);
  return fallback();
}
