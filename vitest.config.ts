import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real browsers and figures have runs of their own.
    exclude: ['test/e2e/**', 'test/bench/**'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
  },
});
