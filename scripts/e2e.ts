/** `npm run e2e [chrome|firefox] [-- part of a file's name]`: builds, then drives real browsers. */
import { BUILD_STEPS, CAN_CLICK, e2eSteps } from './e2e-steps.ts';
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
const builds = browsers.map((browser) => BUILD_STEPS[browser]);
const steps = e2eSteps(browsers, args);
// What is written into the docs is read from them before: two at once would write over each other.
await runSteps([...builds, ...(process.env['DESCRY_WRITE_DOCS'] ? steps : [steps])]);
