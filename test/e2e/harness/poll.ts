/** Waiting for something to become true. */

/**
 * Asks again and again until there is an answer.
 *
 * @param what Named in the error, as in "waited for <what>".
 * @returns The first answer that is neither undefined, null nor false.
 * @throws {Error} after `timeout` milliseconds.
 */
export async function poll<T>(
  what: string,
  ask: () => Promise<T> | T,
  { timeout = 20_000, interval = 20 } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as Exclude<T, undefined | null | false>;
    }
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
