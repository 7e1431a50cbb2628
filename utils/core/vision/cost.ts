/** What answers cost, in US dollars: counted by the server, else by the prices that are known. */
import type { Usage } from '../jobs/answer-state';
import { isDevice } from './provider-kind';
import type { Connection } from './connection';
import { kindOf } from './connection-kind';
import { knownModel } from './known-models';

/** For a million tokens, in US dollars. */
export interface Price {
  input: number;
  output: number;
}

const NOTHING: Price = { input: 0, output: 0 };

/**
 * The price of a model of a connection: nothing on the person's own machine, as the server's list
 * said when the model was chosen, else as we know it. `undefined` where nobody says.
 */
export function priceOf(connection: Connection, model: string): Price | undefined {
  const kind = kindOf(connection);
  if (kind.local || isDevice(kind.id)) return NOTHING;
  if (connection.price && connection.model === model) return connection.price;
  return knownModel(kind.id, model)?.price;
}

/** What was counted, with the cost where it can be known. */
export function withCost(usage: Usage, price: Price | undefined): Usage {
  if (usage.cost !== undefined || !price || price === NOTHING) return usage;
  return {
    ...usage,
    cost: dollars(price, usage.inputTokens, usage.outputTokens),
    estimated: true,
  };
}

/** What so many tokens cost. */
export function dollars(price: Price, inputTokens: number, outputTokens: number): number {
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}
