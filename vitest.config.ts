import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real browsers, builds and figures have runs of their own.
    exclude: ['test/e2e/**', 'test/built/**', 'test/bench/**'],
    setupFiles: ['test/setup.ts'],
    // By itself vitest leaves one core idle: of two, half. A worker that starts up waits for the disk.
    maxWorkers: availableParallelism() + 1,
    // On a busy machine axe takes its time; a test that hangs is found all the same.
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
