/** Accessibility checks of real surfaces by axe-core, on any page and past its CSP. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { ElementHandle, Page } from 'puppeteer-core';

/**
 * Checks a page, or one element with everything in its shadow root.
 *
 * @param root The host's shadow root where it is closed: axe asks elements for `shadowRoot`.
 * @returns One line per violation; none is right.
 */
export async function axeViolations(
  page: Page,
  root?: ElementHandle<ShadowRoot>,
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // Evaluated by the debugger, which a page's CSP does not bind.
    await page.evaluate(await axeSource());
  }
  await page.evaluate(endOfTransitions);
  if (!root) return lines(await page.evaluate(() => window.axe.run()));
  const results = await root.evaluate(async (shadowRoot) => {
    const { host } = shadowRoot;
    Object.defineProperty(host, 'shadowRoot', { get: () => shadowRoot, configurable: true });
    try {
      return await window.axe.run(host);
    } finally {
      // The card itself must not meet a property that the real world has not.
      Reflect.deleteProperty(host, 'shadowRoot');
    }
  });
  return lines(results);
}

/** A colour on its way to another has a contrast that nobody chose. */
async function endOfTransitions(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

declare global {
  interface Window {
    axe: { run(context?: Element): Promise<AxeResults> };
  }
}

function axeSource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

function lines({ violations }: AxeResults): string[] {
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  );
}
