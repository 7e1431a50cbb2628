/** `npm test`: everything there is to check, in the order in which it fails fastest. */
import { CHECK_STEPS } from './check-steps.ts';
import { BUILD_STEPS, CAN_CLICK, e2eStep } from './e2e-steps.ts';
import { runSteps, type Step } from './steps.ts';

const LINT_STEP: Step = {
  title: 'Lint the Firefox build',
  command: ['node', 'scripts/lint-firefox.ts'],
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
await runSteps([
  ...CHECK_STEPS,
  BUILD_STEPS.chrome,
  BUILD_STEPS.firefox,
  LINT_STEP,
  PACK_STEP,
  AUDIT_STEP,
  ...(CAN_CLICK ? [e2eStep('chrome'), e2eStep('firefox')] : []),
]);
