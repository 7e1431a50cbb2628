import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: `e2e ${process.env['DESCRY_BROWSER'] ?? 'chrome'}`,
    include: ['test/e2e/**/*.test.ts'],
    // Two browsers at once on a small machine make each other late.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A test that passes at the second try has found something: a person shall see it fail. On an
    // unattended machine a window that came late must not hide what the rest has to say.
    retry: process.env['CI'] ? 1 : 0,
  },
});
