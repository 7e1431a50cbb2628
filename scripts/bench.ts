/**
 * `npm run bench [click|prepare]`: prints figures, each beside a floor measured in the same run.
 * Clicks are measured in the built extension, which takes a build.
 */
import { BUILD_STEPS } from './e2e-steps.ts';
import { runSteps, type Step } from './steps.ts';

const BENCHES: Readonly<Record<string, readonly Step[]>> = {
  click: [
    BUILD_STEPS.chrome,
    { title: 'From a click to the first word', command: ['node', 'test/bench/click.ts'] },
  ],
  prepare: [{ title: 'Preparing a large image', command: ['node', 'test/bench/prepare.ts'] }],
};

const [named = ''] = process.argv.slice(2);
await runSteps(BENCHES[named] ?? Object.values(BENCHES).flat());
