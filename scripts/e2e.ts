/** `npm run e2e [chrome|firefox] [-- part of a file's name]`: builds, then drives real browsers. */
import { BUILD_STEPS, CAN_CLICK, e2eStep } from './e2e-steps.ts';
import type { BrowserName } from './machine.mjs';
import { runSteps } from './steps.ts';

const [first, ...rest] = process.argv.slice(2);
const named = first === 'chrome' || first === 'firefox';
const browsers: BrowserName[] = named ? [first] : ['chrome', 'firefox'];
const args = named || first === undefined ? rest : [first, ...rest];

if (!CAN_CLICK) {
  console.error(
    'The end-to-end tests click in the menus of real browsers, which needs Linux (X11).',
  );
  process.exit(1);
}
await runSteps(browsers.flatMap((browser) => [BUILD_STEPS[browser], e2eStep(browser, args)]));
