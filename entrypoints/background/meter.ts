/** Counts what every answer costs, and stops before a connection's cap for the month is passed. */
import { AppError } from '../../utils/errors';
import { mostTokens } from '../../utils/image/tokens';
import { createInTurn } from '../../utils/in-turn';
import type { Usage } from '../../utils/jobs/job';
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

/** A provider whose answers are counted, and kept within the cap. */
export function metered(connection: Connection, provider: VisionProvider): VisionProvider {
  return {
    ...provider,
    async *describe(request, signal) {
      const price = priceOf(connection, request.model);
      const release = await hold(connection, price ? mostCost(request, price) : 0);
      let usage: Usage | undefined;
      // Words that came without a count were paid for all the same.
      let answered = false;
      try {
        for await (const event of provider.describe(request, signal)) {
          answered = true;
          if (event.type === 'end' && event.usage) {
            usage = withCost(event.usage, price);
            yield { ...event, usage };
          } else yield event;
        }
      } finally {
        // The answer is not to wait for it, nor to be lost with it.
        if (answered) void count(connection, usage).finally(release);
        else release();
      }
    },
  };
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
  const perPicture = mostTokens(imageRuleFor(request.model));
  const tokensOf = (text: string) => text.length * TOKENS_A_CHARACTER;
  const said = request.messages.flatMap((message) => {
    if (message.role === 'assistant') return [tokensOf(message.text)];
    return message.parts.map((part) => (part.type === 'image' ? perPicture : tokensOf(part.text)));
  });
  const input = said.reduce((sum, tokens) => sum + tokens, tokensOf(request.instructions));
  return dollars(price, input, request.maxTokens);
}
