/** Raw WebDriver BiDi, for what Firefox offers and puppeteer has no method for. */
import type { Browser, Page } from 'puppeteer-core';

/** What we use of puppeteer's own connection; it has had this shape since BiDi came in. */
interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

/** Sends one BiDi command and gives its result, whose shape the caller knows from the protocol. */
export async function sendBidi<Result>(
  browser: Browser,
  method: string,
  params: object,
): Promise<Result> {
  const { connection } = browser as Browser & { connection: BidiConnection };
  return (await connection.send(method, params)).result as Result;
}

/** The browsing context of a page. */
export function contextOf(page: Page): string {
  return (page.mainFrame() as unknown as { _id: string })._id;
}

interface ContextTree {
  contexts: readonly { context: string }[];
}

/**
 * Runs a function in the browser's own window, where its menus, panels and prompts are elements.
 * For looking only: what a person would do, tests do with the pointer and the keyboard.
 *
 * @param fn Stands alone: it sees its arguments and the window's globals. All values are JSON.
 */
export async function evaluateInBrowserWindow<Args extends unknown[], Value>(
  browser: Browser,
  fn: (...args: Args) => Value | Promise<Value>,
  ...args: Args
): Promise<Value> {
  const tree = await sendBidi<ContextTree>(browser, 'browsingContext.getTree', {
    'moz:scope': 'chrome',
    maxDepth: 0,
  });
  const answer = await sendBidi<{
    type: string;
    result?: { value?: string };
    exceptionDetails?: { text: string };
  }>(browser, 'script.callFunction', {
    target: { context: tree.contexts[0]?.context },
    functionDeclaration: `async () => JSON.stringify(await (${fn})(...${JSON.stringify(args)}))`,
    awaitPromise: true,
  });
  if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'no answer');
  const json = answer.result?.value;
  return (json === undefined ? undefined : JSON.parse(json)) as Value;
}
