/** Counts what every answer costs, and stops before a connection's cap for the month is passed. */
import { AppError } from '../../utils/errors';
import type { Usage } from '../../utils/jobs/job';
import { mostTokens } from '../../utils/image/tokens';
import { addSpending, monthOf, readSpending, spentIn } from '../../utils/settings/spending';
import type { Connection } from '../../utils/vision/connection';
import { dollars, priceOf, withCost } from '../../utils/vision/cost';
import { imageRuleFor } from '../../utils/vision/image-rules';
import type { VisionProvider, VisionRequest } from '../../utils/vision/provider';

/** No language that we know takes more tokens for its characters than this. */
const TOKENS_A_CHARACTER = 1;

/** What requests under way may still cost, by connection: none of several passes the cap unseen. */
const underWay = new Map<string, number>();

/** A provider whose answers are counted, and kept within the cap. */
export function metered(connection: Connection, provider: VisionProvider): VisionProvider {
  return {
    ...provider,
    async *describe(request, signal) {
      const price = priceOf(connection, request.model);
      const most = price ? mostCost(request, price) : 0;
      await holdToCap(connection, most);
      underWay.set(connection.id, (underWay.get(connection.id) ?? 0) + most);
      // Words that came without a count were paid for all the same.
      let uncounted = false;
      try {
        for await (const event of provider.describe(request, signal)) {
          if (event.type === 'words') {
            uncounted = true;
            yield event;
            continue;
          }
          const usage = event.usage && withCost(event.usage, price);
          uncounted = false;
          count(connection, usage);
          yield usage ? { ...event, usage } : event;
        }
      } finally {
        if (uncounted) count(connection, undefined);
        underWay.set(connection.id, (underWay.get(connection.id) ?? 0) - most);
      }
    },
  };
}

/** The answer is not to wait for it, nor to be lost with it. */
function count({ id }: Connection, usage: Usage | undefined): void {
  addSpending(id, monthOf(Date.now()), usage).catch(console.error);
}

/** @throws {AppError} `capReached` */
async function holdToCap({ id, monthlyCap }: Connection, most: number): Promise<void> {
  if (monthlyCap === undefined) return;
  const { cost } = spentIn(await readSpending(), id, monthOf(Date.now()));
  const committed = cost + (underWay.get(id) ?? 0);
  // Where no price is known, it stops once the cap is reached, and not before.
  if (committed + most > monthlyCap || committed >= monthlyCap) throw new AppError('capReached');
}

/** The most that a request can cost: pictures as large as they are looked at, all of the room used. */
function mostCost(request: VisionRequest, price: { input: number; output: number }): number {
  const perPicture = mostTokens(imageRuleFor(request.model));
  let input = request.instructions.length * TOKENS_A_CHARACTER;
  for (const message of request.messages) {
    if (message.role === 'assistant') input += message.text.length * TOKENS_A_CHARACTER;
    else {
      for (const part of message.parts) {
        input += part.type === 'image' ? perPicture : part.text.length * TOKENS_A_CHARACTER;
      }
    }
  }
  return dollars(price, input, request.maxTokens);
}
