import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { z } from 'zod';
import { ratioRow, type SpeedRow } from './row.ts';

const pair = z.object({ oursMs: z.number(), theirsMs: z.number(), ratio: z.number() });
const answer = z.object({ beside: z.object({ compile: pair, hash: pair }), chainMs: z.number() });

/** Compiling a fan-out, without and with its hash, beside graphlib's topsort, in a process of its own, bundled as users get it. */
export async function measureCompiling(rounds: number, nodes = 50_000, chain = 20_000): Promise<SpeedRow[]> {
  // Inside node_modules, so that the bundle finds the packages it leaves out.
  const dir = mkdtempSync(fileURLToPath(new URL('../../node_modules/.bench-', import.meta.url)));
  try {
    const outfile = join(dir, 'compiling.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./compiling-beside.ts', import.meta.url))],
      ...{ outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external' },
      logLevel: 'error',
    });
    const script = `const { compileBeside, compileChain } = await import(${JSON.stringify(pathToFileURL(outfile).href)});
      const beside = await compileBeside(${nodes}, ${rounds});
      process.stdout.write(JSON.stringify({ beside, chainMs: await compileChain(${chain}) }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const { beside, chainMs } = answer.parse(JSON.parse(stdout));
    const about = ({ oursMs, theirsMs }: z.infer<typeof pair>): string =>
      `${oursMs.toFixed(0)} and ${theirsMs.toFixed(0)} ms`;
    return [
      ratioRow(
        `compile a fan-out of ${nodes} nodes, beside graphlib's topsort`,
        beside.compile.ratio,
        1.5,
        about(beside.compile),
      ),
      ratioRow('the same with its hash', beside.hash.ratio, 3, about(beside.hash)),
      {
        what: `compile a chain of ${chain} nodes`,
        goal: 'done, where graphlib overflows the stack',
        measured: `${chainMs.toFixed(0)} ms`,
        isMet: true,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
