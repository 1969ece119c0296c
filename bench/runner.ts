import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { PGraph } from 'p-graph';
import { measure } from './engines/measure.mjs';
import type { CompileRow, Row } from './runner-ours.ts';

/**
 * What the runner itself costs per node: a chain of 100 and a fan-out of 1,000 nodes that each add one, against p-graph in
 * the same run and, when `npm run bench:engines` has installed them, against n8n-core, Mastra and LangGraph. And what it
 * costs to compile a chain of 20,000 and a fan-out of 50,000 nodes.
 */
export async function benchRunner(print: (line: string) => void): Promise<void> {
  await withBuilt(async (built) => {
    const { runOurs } = await import(pathToFileURL(built).href);
    const rows: Row[] = [...(await runOurs()), ...(await pGraph()), ...(await others())];
    print('');
    print('Runner overhead, microseconds per node (least / median of several runs)');
    for (const { engine, shape, leastUs, medianUs } of rows) {
      print(`  ${engine.padEnd(28)}${shape.padEnd(10)}${figure(leastUs)}${figure(medianUs)}`);
    }
    print('');
    print(
      'Compiling, microseconds per node (least / median / median with the hash), memory of the process in MB',
    );
    for (const shape of ['chain', 'fan-out']) {
      const { leastUs, medianUs, wholeUs, rssMb } = await compileInChild(built, shape);
      const nodes = shape === 'chain' ? '20,000 nodes' : '50,000 nodes';
      const figures = [leastUs, medianUs, wholeUs].map(figure).join('');
      print(`  ${nodes.padEnd(28)}${shape.padEnd(10)}${figures}${figure(rssMb)}`);
    }
  });
}

function figure(value: number): string {
  return value.toFixed(1).padStart(9);
}

/** Our side as users get it, bundled: the loader that runs TypeScript directly makes every function it creates slower. */
async function withBuilt(work: (built: string) => Promise<void>): Promise<void> {
  // Inside node_modules, so that the bundle finds the packages it leaves out.
  const dir = mkdtempSync(fileURLToPath(new URL('../node_modules/.bench-', import.meta.url)));
  const built = join(dir, 'ours.mjs');
  try {
    await build({
      entryPoints: [fileURLToPath(new URL('./runner-ours.ts', import.meta.url))],
      outfile: built,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    });
    await work(built);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function compileInChild(built: string, shape: string): Promise<CompileRow> {
  return inChild(pathToFileURL(built), `({ compileOurs }) => compileOurs(${JSON.stringify(shape)})`);
}

/** What `use` makes of a module, in a process that has loaded nothing else and does not outlive it. */
async function inChild<T>(module: URL, use: string): Promise<T> {
  const script = `import(${JSON.stringify(module.href)}).then(${use})
    .then((answer) => process.stderr.write(JSON.stringify(answer), () => process.exit(0)))`;
  // Engines greet on stdout.
  const { stderr } = await promisify(execFile)(process.execPath, ['--no-warnings', '-e', script]);
  return JSON.parse(stderr);
}

async function pGraph(): Promise<Row[]> {
  const nodes = (count: number, counted: { done: number }) =>
    new Map(
      Array.from({ length: count }, (_, i) => [
        `n${i}`,
        {
          run: async () => {
            counted.done += 1;
          },
        },
      ]),
    );
  const run = (count: number, edges: [string, string][]) => async () => {
    const counted = { done: 0 };
    await new PGraph(nodes(count, counted), edges).run();
    return counted.done;
  };
  const links = Array.from({ length: 99 }, (_, i): [string, string] => [`n${i}`, `n${i + 1}`]);
  return [
    await measure('p-graph 2.0 (build and run)', 'chain', 100, run(100, links)),
    await measure('p-graph 2.0 (build and run)', 'fan-out', 1000, run(1000, [])),
  ];
}

async function others(): Promise<Row[]> {
  if (!existsSync(new URL('./engines/node_modules', import.meta.url))) return [];
  const rows: Row[] = [];
  for (const engine of ['n8n', 'mastra', 'langgraph']) {
    const module = new URL(`./engines/${engine}.mjs`, import.meta.url);
    rows.push(...(await inChild<Row[]>(module, '({ default: bench }) => bench()')));
  }
  return rows;
}
