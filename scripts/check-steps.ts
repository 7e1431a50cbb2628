/** What `npm run check` looks at. A warning fails. */
import type { Step } from './steps.ts';

export const CHECK_STEPS: readonly Step[] = [
  // First: types and lint rules read what it generates.
  { title: 'Prepare', command: ['wxt', 'prepare'] },
  { title: 'Format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { title: 'Lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { title: 'Types', command: ['tsc', '--noEmit'] },
  { title: 'Dead code and unused dependencies', command: ['knip'] },
  { title: 'Unit tests', command: ['vitest', 'run'] },
];
