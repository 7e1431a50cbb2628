/** Lets our own requests to a server that refuses extensions go without their origin. */
import pLimit from 'p-limit';
import { browser } from 'wxt/browser';
import { originRulesFor } from '../../../utils/core/vision/origin-rule';
import { readConnections, watchConnections } from '../../../utils/browser/settings/settings';

export interface OriginRules {
  /** Resolves once the rules are as the connections need them. */
  ready: () => Promise<void>;
}

/**
 * Keeps a session rule for each such connection, and none for others. Rules of a session go with the
 * browser, so they are looked at again whenever we wake.
 */
export function startOriginRules(): OriginRules {
  const queue = pLimit(1);
  const sync = () => queue(syncRules).catch((error: unknown) => console.error(error));
  let last: Promise<void> = sync();
  const again = () => {
    last = sync();
  };
  watchConnections(again);
  return { ready: () => last };
}

async function syncRules(): Promise<void> {
  const { declarativeNetRequest: rulesApi } = browser;
  const [connections, before] = await Promise.all([readConnections(), rulesApi.getSessionRules()]);
  const rules = originRulesFor(connections, new URL(browser.runtime.getURL('/')).host);
  const isSame = JSON.stringify(before.map(keyOf)) === JSON.stringify(rules.map(keyOf));
  if (isSame) return;
  await rulesApi.updateSessionRules({
    removeRuleIds: before.map(({ id }) => id),
    addRules: rules,
  });
}

function keyOf({ id, condition }: { id: number; condition: { urlFilter?: string | undefined } }) {
  return [id, condition.urlFilter];
}
