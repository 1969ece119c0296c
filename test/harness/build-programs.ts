import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of what `build-programs.ts` has built. */
    readonly programs: string;
  }
}

/** What tests start as processes of their own: the server, and scripts that are to be killed or refused something. */
const entries: readonly string[] = [
  'src/main.ts',
  'src/index.ts',
  'src/workflow/nodes/data/jsonata/jsonata-worker.js',
  'test/harness/hold-project.ts',
  'test/harness/read-only-session.ts',
  'test/harness/save-forever.ts',
  'test/harness/save-until-killed.ts',
  'test/harness/write-until-full.ts',
  'test/stores/memo-writer.ts',
  'test/workflow/documents/lead-crash-entry.ts',
  'test/workflow/runtime/resume/crash-entry.ts',
];

/** Builds the programs once for all test files. Each run of the tests has a folder of its own. */
export default async function buildPrograms(project: TestProject): Promise<() => void> {
  const { dir, remove } = await programsBuilt();
  project.provide('programs', dir);
  return remove;
}

/**
 * Builds the programs, in a new folder beside the sources: a bundle starts in a third of the time, and the server finds its prompts
 * one folder up, as from `src` and `dist`.
 */
export async function programsBuilt(): Promise<{ readonly dir: string; remove(): void }> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const programs = mkdtempSync(join(root, '.test-programs-'));
  // Some are started as another user.
  chmodSync(programs, 0o755);
  await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    entryNames: '[name]',
    outdir: programs,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Its other form asks for its parts at run time.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // What who needs it installs beside the program, or has parts of its own beside it.
    external: ['libsql', 'pino', 'pg', 'ioredis', 'bullmq', 'nodemailer', '@opentelemetry/*'],
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { dir: programs, remove: () => rmSync(programs, { recursive: true, force: true }) };
}
