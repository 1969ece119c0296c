import { defineConfig } from 'vitest/config';

/** `npm test`: every test file; the long suites take a sample (test/harness/amount.ts). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/build-programs.ts'],
    // No test waits for these: they end one that hangs, on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // One more than the processors of a small machine: some tests wait for processes of their own.
    maxWorkers: 3,
    // Each of the processes imports the sources once for all its files. So a test file leaves the process as it found it:
    // nothing of the sources is replaced, and environment, folder and listeners are put back.
    isolate: false,
  },
});
