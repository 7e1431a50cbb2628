import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: `e2e ${process.env['DESCRY_BROWSER'] ?? 'chrome'}`,
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/e2e/harness/failure-pictures.ts'],
    // Pictures are taken before a file's own `afterEach` closes the pages.
    sequence: { hooks: 'list' },
    // Both browsers run at once already; more of them on a small machine make each other late.
    fileParallelism: false,
    // Each wait within a test ends in 20 s: on a busy machine a click takes seconds.
    testTimeout: 60_000,
    // Longer than a browser may take to start (`START_MS`) and to show its first page.
    hookTimeout: 200_000,
    // A test that passes at the second try has found something: a person shall see it fail.
    retry: 0,
  },
});
