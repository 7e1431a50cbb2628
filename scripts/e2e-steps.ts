/** The end-to-end suite, the same for both browsers, as steps. */
import type { BrowserName } from './machine.mjs';
import type { Step } from './steps.ts';

export const BUILD_STEPS: Readonly<Record<BrowserName, Step>> = {
  chrome: { title: 'Build for Chrome', command: ['wxt', 'build'] },
  firefox: { title: 'Build for Firefox', command: ['wxt', 'build', '-b', 'firefox', '--mv3'] },
};

/** Real clicks in a browser's own menu need X11. */
export const CAN_CLICK = process.platform === 'linux';

/** The suite in one browser; `args` go to vitest, such as part of a file's name. */
export function e2eStep(browser: BrowserName, args: readonly string[] = []): Step {
  return {
    title: `End to end in ${browser === 'chrome' ? 'Chrome' : 'Firefox'}`,
    command: ['vitest', 'run', '--config', 'vitest.e2e.config.ts', ...args],
    env: { DESCRY_BROWSER: browser },
  };
}
