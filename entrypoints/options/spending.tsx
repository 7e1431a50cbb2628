/** What a connection has used: this month at a glance, the months before it on demand. */
import { i18n } from '#i18n';
import { formatDollars, formatMonth, formatNumber } from '../../utils/browser/words/format';
import { spentIn, type MonthSpending, type Spending } from '../../utils/browser/settings/spending';
import type { Connection } from '../../utils/core/vision/connection';
import { plural } from '../../utils/browser/words/plural';

interface SpentProps {
  connection: Connection;
  spending: Spending;
  month: string;
}

export function Spent({ connection: { id, monthlyCap }, spending, month }: SpentProps) {
  const before = Object.keys(spending[id] ?? {})
    .filter((each) => each !== month)
    .toSorted()
    .toReversed();
  return (
    <div class="spent">
      <p>{wordsOf(spentIn(spending, id, month), monthlyCap)}</p>
      {before.length > 0 && (
        <details>
          <summary>{i18n.t('options.spentBefore')}</summary>
          <dl>
            {before.map((each) => (
              <div key={each}>
                <dt>{formatMonth(each)}</dt>
                <dd>{wordsOf(spentIn(spending, id, each), undefined)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function wordsOf(spent: MonthSpending, cap: number | undefined): string {
  const { answers, inputTokens, outputTokens, cost, unpriced } = spent;
  const [amount, most] = [formatDollars(cost), cap !== undefined && formatDollars(cap)];
  const money = most
    ? i18n.t('options.spentCap', [amount, most])
    : i18n.t('options.spentCost', [amount]);
  if (answers === 0)
    return most ? `${i18n.t('options.spentNothing')}, ${money}` : i18n.t('options.spentNothing');
  return [
    plural('options.spentWords', answers, formatNumber(inputTokens), formatNumber(outputTokens)),
    ...(cost > 0 || most ? [money] : []),
    ...(unpriced > 0 && cost > 0 ? [plural('options.spentUnpriced', unpriced)] : []),
  ].join(', ');
}
