/**
 * `npm run bench [-- click photo … --write]`: builds, and prints figures beside floors measured in the
 * same run; all, or those named. With `--write`, the run goes into `docs/PERFORMANCE.md`.
 */
import { BUILD_STEPS } from './e2e-steps.ts';
import { runSteps } from './steps.ts';

await runSteps([
  BUILD_STEPS.chrome,
  {
    title: 'Benchmarks',
    command: [
      'node',
      '--import=./test/bench/resolve-sources.ts',
      'test/bench/run.ts',
      ...process.argv.slice(2),
    ],
  },
]);
