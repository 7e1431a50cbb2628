/** What `npm run check` looks at. A warning fails. */
import type { Step } from './steps.ts';

const TYPES_CACHE = '.cache/types.tsbuildinfo';

export const CHECK_STEPS: readonly (Step | readonly Step[])[] = [
  // First: types and lint rules read what it generates.
  { title: 'Prepare', command: ['wxt', 'prepare'] },
  // Side by side: some of them use one core alone. What they remember of files goes by the content.
  [
    {
      title: 'Format',
      command: [
        'prettier',
        '--check',
        '--log-level=warn',
        '--cache',
        '--cache-strategy=content',
        '--cache-location=.cache/prettier',
        '.',
      ],
    },
    { title: 'Lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
    {
      title: 'Types',
      command: ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', TYPES_CACHE],
    },
    { title: 'Dead code and unused dependencies', command: ['knip'] },
  ],
  { title: 'Unit tests', command: ['vitest', 'run'] },
];
