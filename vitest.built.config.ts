import { defineConfig } from 'vitest/config';

/** What a build has made, looked at without a browser. */
export default defineConfig({
  test: { name: 'built', include: ['test/built/**/*.test.ts'] },
});
