/** The end-to-end suite, the same for both browsers, as steps. */
import type { BrowserName } from './machine.mjs';
import type { Step } from './steps.ts';

export const BUILD_STEPS: Readonly<Record<BrowserName, Step>> = {
  chrome: { title: 'Build for Chrome', command: ['wxt', 'build'] },
  firefox: { title: 'Build for Firefox', command: ['wxt', 'build', '-b', 'firefox', '--mv3'] },
};

/** Real clicks in a browser's own menu need X11. */
export const CAN_CLICK = process.platform === 'linux';

const NAMES: Readonly<Record<BrowserName, string>> = { chrome: 'Chrome', firefox: 'Firefox' };
/** Waits for four minutes, with next to nothing to do meanwhile. */
const WAITING = 'faults-idle';

/**
 * The suite in each of these browsers, to be run side by side. More than one of a browser at a time
 * would end no sooner on two cores, and make every test wait for longer.
 *
 * @param args Go to vitest, such as part of a file's name.
 */
export function e2eSteps(browsers: readonly BrowserName[], args: readonly string[] = []): Step[] {
  return browsers.flatMap((browser) => {
    const title = `End to end in ${NAMES[browser]}`;
    if (args.length > 0) return [e2eStep(browser, title, args)];
    return [
      e2eStep(browser, title, ['--exclude', `**/${WAITING}.test.ts`]),
      e2eStep(browser, `${title}, waiting`, [WAITING]),
    ];
  });
}

function e2eStep(browser: BrowserName, title: string, args: readonly string[]): Step {
  return {
    title,
    command: ['vitest', 'run', '--config', 'vitest.e2e.config.ts', ...args],
    env: { DESCRY_BROWSER: browser },
  };
}
