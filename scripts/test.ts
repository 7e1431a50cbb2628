/** `npm test`: everything there is to check, in the order in which it fails fastest. */
import { CHECK_STEPS } from './check-steps.ts';
import { BUILD_STEPS, CAN_CLICK, e2eSteps } from './e2e-steps.ts';
import { runSteps, type Step } from './steps.ts';

const LINT_STEP: Step = {
  title: 'Lint the Firefox build',
  command: ['node', 'scripts/lint-firefox.ts'],
};

const BUILT_STEP: Step = {
  title: 'Look at what was built',
  command: ['vitest', 'run', '--config', 'vitest.built.config.ts'],
};

const PACK_STEP: Step = {
  title: 'Pack twice, in two folders, to the same bytes',
  command: ['node', 'scripts/reproducible.ts'],
};

const AUDIT_STEP: Step = {
  title: 'Known vulnerabilities in what ships',
  command: ['node', 'scripts/audit.ts'],
  // Nobody's change is wrong because the registry is down.
  mayGoUnchecked: true,
};

if (!CAN_CLICK) {
  console.log('Left out: the end-to-end tests, whose real clicks need Linux (X11).');
}
// All the cases that are made up; a tenth of them is enough for each commit (`test/fuzz/always.ts`).
process.env['DESCRY_FUZZ_RUNS'] ??= '12000';

await runSteps([
  ...CHECK_STEPS,
  BUILD_STEPS.chrome,
  BUILD_STEPS.firefox,
  LINT_STEP,
  // Builds anew and makes the zips, which are looked at, too.
  PACK_STEP,
  BUILT_STEP,
  AUDIT_STEP,
  ...(CAN_CLICK ? [e2eSteps(['chrome', 'firefox'])] : []),
]);
