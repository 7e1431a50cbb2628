/** `npm run check`: format, lint, types, dead code, unit tests. */
import { CHECK_STEPS } from './check-steps.ts';
import { runSteps } from './steps.ts';

await runSteps(CHECK_STEPS);
