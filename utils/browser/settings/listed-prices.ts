/** Prices of models from a server's own list, for models whose price is not known otherwise. */
import * as v from 'valibot';
import type { Price } from '../../core/vision/cost';
import type { OfferedModel } from '../../core/vision/provider';
import { knownOr, storedItem } from './stored-item';

/** By connection, then by model: for a million tokens in and out. */
const pricesSchema = v.record(v.string(), v.record(v.string(), v.tuple([v.number(), v.number()])));
const pricesItem = storedItem('local:listedPrices', pricesSchema);

async function readPrices(): Promise<v.InferOutput<typeof pricesSchema>> {
  return knownOr(await pricesItem.read(), {});
}

/** Keeps the prices of a list, in place of those of the list before. */
export async function keepListedPrices(
  connectionId: string,
  models: readonly OfferedModel[],
): Promise<void> {
  const lines = models.flatMap(({ id, price }): [string, [number, number]][] =>
    price ? [[id, [price.input, price.output]]] : [],
  );
  const before = await readPrices();
  if (lines.length === 0 && !Object.hasOwn(before, connectionId)) return;
  await pricesItem.write({ ...before, [connectionId]: Object.fromEntries(lines) });
}

/** `undefined` where the list was never read, or has no price for the model. */
export async function listedPrice(connectionId: string, model: string): Promise<Price | undefined> {
  const models = (await readPrices())[connectionId];
  // A server may call a model anything, "toString" too.
  const line = models && Object.hasOwn(models, model) ? models[model] : undefined;
  return line && { input: line[0], output: line[1] };
}

/** Deletes the prices that a connection's server listed. */
export async function forgetListedPrices(connectionId: string): Promise<void> {
  const { [connectionId]: forgotten, ...others } = await readPrices();
  if (forgotten) await pricesItem.write(others);
}
