/** `npm run licences`: builds, and writes docs/LICENCES.md out of what is in the bundles. */
import { BUILD_STEPS } from './e2e-steps.ts';
import { runSteps } from './steps.ts';

await runSteps([{ ...BUILD_STEPS.chrome, env: { DESCRY_WRITE_DOCS: '1' } }]);
