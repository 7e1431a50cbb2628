/** Counts what every answer costs, and stops before a connection's cap for the month is passed. */
import { AppError, errorCode, type ErrorCode } from '../../utils/errors';
import { mostTokens } from '../../utils/image/tokens';
import { createInTurn } from '../../utils/in-turn';
import type { Usage } from '../../utils/jobs/job';
import { keepListedPrices, listedPrice } from '../../utils/settings/listed-prices';
import { addSpending, monthOf, readSpending, spentIn } from '../../utils/settings/spending';
import type { Connection } from '../../utils/vision/connection';
import { dollars, priceOf, withCost, type Price } from '../../utils/vision/cost';
import { imageRuleFor } from '../../utils/vision/image-rules';
import type { VisionProvider, VisionRequest } from '../../utils/vision/provider';

/** No language that we know takes more tokens for its characters than this. */
const TOKENS_A_CHARACTER = 1;

/** What requests under way may still cost, by connection. */
const underWay = new Map<string, number>();

/** Of several requests at once, each looks at the cap when the one before has taken its part. */
const inTurn = createInTurn();

/** Ends of an answer for which a server has worked, and may charge, though it counted nothing. */
const WORKED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['answerBroken', 'timedOut']);

/** A provider whose answers are counted, and kept within the cap. */
export function metered(connection: Connection, provider: VisionProvider): VisionProvider {
  return {
    async *describe(request, signal) {
      const price = await knownPrice(connection, request.model);
      const release = await hold(connection, price ? mostCost(request, price) : 0);
      if (signal.aborted) release();
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
        paid ||= signal.aborted || WORKED.has(errorCode(error));
        throw error;
      } finally {
        usage ??= estimateOf(request, said, price);
        // The answer is not to wait for it, nor to be lost with it.
        if (paid) void count(connection, usage).finally(release);
        else release();
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
  if (!price || dollars(price, 1, 1) === 0) return undefined;
  return withCost({ inputTokens: mostInput(request), outputTokens: tokensOf(said) }, price);
}

async function count({ id }: Connection, usage: Usage | undefined): Promise<void> {
  await addSpending(id, monthOf(Date.now()), usage).catch(console.error);
}

/**
 * Takes a part of what is left of the cap, and gives the way to let it go again.
 *
 * @throws {AppError} `capReached`
 */
async function hold({ id, monthlyCap }: Connection, most: number): Promise<() => void> {
  if (monthlyCap === undefined) return () => {};
  return await inTurn(async () => {
    const { cost } = spentIn(await readSpending(), id, monthOf(Date.now()));
    const taken = underWay.get(id) ?? 0;
    // Where no price is known, it stops once the cap is reached, and not before.
    if (cost + taken + most > monthlyCap || cost >= monthlyCap) throw new AppError('capReached');
    underWay.set(id, taken + most);
    return () => void underWay.set(id, (underWay.get(id) ?? 0) - most);
  });
}

/** The most that a request can cost: pictures as large as they are looked at, all of the room used. */
function mostCost(request: VisionRequest, price: Price): number {
  return dollars(price, mostInput(request), request.maxTokens);
}

function mostInput({ model, instructions, messages, goesOnFrom = '' }: VisionRequest): number {
  const perPicture = mostTokens(imageRuleFor(model));
  const said = messages.flatMap((message) => {
    if (message.role === 'assistant') return [tokensOf(message.text)];
    return message.parts.map((part) => (part.type === 'image' ? perPicture : tokensOf(part.text)));
  });
  return said.reduce((sum, tokens) => sum + tokens, tokensOf(instructions + goesOnFrom));
}

function tokensOf(text: string): number {
  return text.length * TOKENS_A_CHARACTER;
}
