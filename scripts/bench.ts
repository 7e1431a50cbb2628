/** `npm run bench`: builds, then prints figures, each beside a floor measured in the same run. */
import { BUILD_STEPS } from './e2e-steps.ts';
import { runSteps } from './steps.ts';

await runSteps([
  BUILD_STEPS.chrome,
  { title: 'From a click to the first word', command: ['node', 'test/bench/click.ts'] },
]);
