/** Counts what every answer costs, and stops before a connection's cap for the month is passed. */
import { errorCode, ERRORS } from '../../../utils/core/errors';
import { monthOf } from '../../../utils/core/month';
import { mostTokens } from '../../../utils/core/image/tokens';
import type { Usage } from '../../../utils/core/jobs/answer-state';
import { listedPrice } from '../../../utils/browser/settings/listed-prices';
import {
  holdSpending,
  releaseHold,
  settleHold,
  settleHoldsOfOthers,
  type Hold,
} from '../../../utils/browser/settings/spending';
import type { Connection } from '../../../utils/core/vision/connection';
import { dollars, priceOf, withCost, type Price } from '../../../utils/core/vision/cost';
import { imageRuleFor } from '../../../utils/core/vision/image-rules';
import type { VisionProvider, VisionRequest } from '../../../utils/core/vision/provider';
import { keepListedPrices } from '../settings/settings-owner';

/** No language that we know takes more tokens for its characters than this. */
const TOKENS_A_CHARACTER = 1;

/** Names the time from this background's start to its end. */
const LIFE = crypto.randomUUID();

/** Counts the answers that backgrounds before this one began and did not live to count. */
export async function settleLeftHolds(life: string = LIFE): Promise<void> {
  await settleHoldsOfOthers(life);
}

/** A provider whose answers are counted, and kept within the cap. */
export function metered(
  connection: Connection,
  provider: VisionProvider,
  life: string = LIFE,
): VisionProvider {
  return {
    async *describe(request, signal) {
      const price = await knownPrice(connection, request.model);
      const held = holdMost(connection, mostUsage(request, price), life);
      // Only a cap is worth waiting for the disk: without one, a death meanwhile loses a count.
      if (connection.monthlyCap !== undefined) await held;
      if (signal.aborted) end(held, releaseHold);
      signal.throwIfAborted();
      let usage: Usage | undefined;
      let said = '';
      // Words that came without a count were paid for all the same.
      let paid = false;
      try {
        for await (const event of provider.describe(request, signal)) {
          paid = true;
          if (event.type === 'words') said += event.text;
          if (event.type === 'end' && event.usage) {
            usage = withCost(event.usage, price);
            yield { ...event, usage };
          } else yield event;
        }
      } catch (error) {
        paid ||= signal.aborted || 'charged' in ERRORS[errorCode(error)];
        throw error;
      } finally {
        usage ??= estimateOf(request, said, price);
        end(held, (hold) => (paid ? settleHold(hold, usage) : releaseHold(hold)));
      }
    },
    async listModels(signal) {
      const models = await provider.listModels(signal);
      const news = models.filter(({ id }) => priceOf(connection, id) === undefined);
      await keepListedPrices(connection.id, news).catch(console.error);
      return models;
    },
  };
}

/** As known, else as the server's own list had it when it was last read. */
async function knownPrice(connection: Connection, model: string): Promise<Price | undefined> {
  return priceOf(connection, model) ?? (await listedPrice(connection.id, model));
}

/**
 * What an answer that was stopped or broke off may have cost: the question as it was held, and the
 * words that came. Rather too much than too little: a cap is not to be passed by stopping.
 */
function estimateOf(
  request: VisionRequest,
  said: string,
  price: Price | undefined,
): Usage | undefined {
  if (!isCharged(price)) return undefined;
  return withCost({ inputTokens: mostInput(request), outputTokens: tokensOf(said) }, price);
}

/** The answer is not to wait for its count, nor to be lost with it. */
function end(held: Promise<Hold | undefined>, count: (hold: Hold) => Promise<void>): void {
  held.then((hold) => hold && count(hold)).catch(console.error);
}

/**
 * Writes down what a request may cost. Without a cap it never rejects: an answer is worth more than
 * its count.
 *
 * @throws {AppError} `capReached`; with a cap, also why it cannot be kept.
 */
async function holdMost(
  { id: connectionId, monthlyCap: cap }: Connection,
  most: Usage | undefined,
  life: string,
): Promise<Hold | undefined> {
  try {
    return await holdSpending({ connectionId, month: monthOf(Date.now()), most, cap, life });
  } catch (error) {
    if (cap !== undefined) throw error;
    console.error(error);
    return undefined;
  }
}

/** The most that a request can use: images as large as they are looked at, all of the room used. */
function mostUsage(request: VisionRequest, price: Price | undefined): Usage | undefined {
  if (!isCharged(price)) return undefined;
  return withCost({ inputTokens: mostInput(request), outputTokens: request.maxTokens }, price);
}

/** Whether it is known to cost something. */
function isCharged(price: Price | undefined): price is Price {
  return price !== undefined && dollars(price, 1, 1) !== 0;
}

function mostInput({ model, instructions, messages, resumeFrom = '' }: VisionRequest): number {
  const perImage = mostTokens(imageRuleFor(model));
  const said = messages.flatMap((message) => {
    if (message.role === 'assistant') return [tokensOf(message.text)];
    return message.parts.map((part) => (part.type === 'image' ? perImage : tokensOf(part.text)));
  });
  return said.reduce((sum, tokens) => sum + tokens, tokensOf(instructions + resumeFrom));
}

function tokensOf(text: string): number {
  return text.length * TOKENS_A_CHARACTER;
}
