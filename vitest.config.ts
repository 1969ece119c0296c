import { defineConfig } from 'vitest/config';

/** `npm test`: every test file; the long suites take a sample (test/harness/amount.ts). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/build-programs.ts'],
    // No test waits for these: they end one that hangs, on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
