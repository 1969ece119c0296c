import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** At least so many of a hundred statements of each room are run by some test. */
const enough = { statements: 80 };

/** `npm run test:long`: the same test files, the long suites in full, and what of the sources they cover. */
export default mergeConfig(
  usual,
  defineConfig({
    test: {
      env: { LONG_TESTS: '1' },
      testTimeout: 1_800_000,
      coverage: {
        provider: 'v8',
        // What is covered is of interest where a test is red, too.
        reportOnFailure: true,
        include: ['src/**/*.ts', 'tools/**/*.ts'],
        exclude: ['**/*.gen.ts'],
        reporter: ['text-summary', 'json-summary'],
        thresholds: {
          'src/core/**': enough,
          'src/stores/**': enough,
          'src/wwise/**': enough,
          'src/workflow/**': enough,
          'src/embedded/**': enough,
          'src/config/**': enough,
          'src/facades/mcp/**': enough,
          'src/facades/cli/**': enough,
          'src/facades/http/**': enough,
          'tools/**': enough,
        },
      },
    },
  }),
);
