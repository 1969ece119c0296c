import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { AnyCommand } from '../src/core/command.ts';
import type { Bus } from '../src/core/dispatch/bus.ts';
import { asJsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { type Result, success } from '../src/core/result.ts';
import { openSqliteStores } from '../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../src/workflow/compiler/compile.ts';
import { createRunner } from '../src/workflow/runtime/runner.ts';
import { createRuns } from '../src/workflow/runtime/runs.ts';
import { defineCommand } from '../src/wwise/wwise-command.ts';
import { measure } from './engines/measure.mjs';

/** One row of the comparison, in microseconds per node. */
export interface Row {
  readonly engine: string;
  readonly shape: string;
  readonly leastUs: number;
  readonly medianUs: number;
}

const shapes = [
  ['chain', chain(100)],
  ['fan-out', fanOut(1000)],
] as const;

/** What the runner costs per node on the two shapes of the comparison, without and with its journal on disk. */
export async function runOurs(): Promise<Row[]> {
  const bus = bareBus();
  const runner = createRunner({ bus, log: silentLog });
  const journals = (['killSafe', 'powerSafe'] as const).map((mostDurable) => {
    const stateDir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-'));
    const stores = openSqliteStores(stateDir, { mostDurable });
    const runs = createRuns({ bus, log: silentLog, store: stores.runs, stateDir });
    return { mostDurable, stateDir, stores, runs };
  });
  const rows: Row[] = [];
  try {
    for (const [shape, document] of shapes) {
      const plan = compileWorkflow(document, bus);
      const length = document.nodes.length;
      const run = async () => countRows(await runner.run(plan));
      rows.push(await measure('WwiseFlow, in memory', shape, length, run));
      for (const { mostDurable, runs } of journals) {
        const runJournalled = async () => countRows(await runs.start(plan).done);
        const engine = `WwiseFlow, ${mostDurable === 'killSafe' ? 'kill-safe' : 'power-safe'}`;
        rows.push(await measure(engine, shape, length, runJournalled));
      }
    }
  } finally {
    for (const { stores, stateDir } of journals) {
      await stores.close();
      rmSync(stateDir, { recursive: true, force: true });
    }
  }
  return rows;
}

export interface CompileRow extends Row {
  /** With the plan's hash, its waves and its added edges: what a run's journal asks for. */
  readonly wholeUs: number;
  readonly rssMb: number;
}

/** What compiling costs per node on large documents. To be called in a process of its own, as it measures that one's memory. */
export async function compileOurs(shape: string): Promise<CompileRow> {
  const bus = bareBus();
  const document = shape === 'chain' ? chain(20_000) : fanOut(50_000);
  const length = document.nodes.length;
  const compile = async () => compileWorkflow(document, bus).nodes.length;
  const row = await measure('compile', shape, length, compile);
  const hash = async () => compileWorkflow(document, bus).planHash.length + length - 64;
  const { medianUs: wholeUs } = await measure('compile and hash', shape, length, hash);
  return { ...row, wholeUs, rssMb: process.memoryUsage().rss / 1e6 };
}

function countRows(result: Result): number {
  const results = result.ok ? result.data.results : undefined;
  return Array.isArray(results) ? results.length : 0;
}

const add = defineCommand({
  name: 'add_one',
  title: 'Add one',
  description: 'Add one to a number.',
  toolset: 'bench',
  effect: 'read',
  input: z.strictObject({ v: z.number().default(0) }),
  output: z.object({ v: z.number() }),
  run: async ({ v }) => ({ v: v + 1 }),
});

/** A bus of one function: what remains is the runner. */
export function bareBus(): Bus {
  const commands: readonly AnyCommand[] = [add];
  return {
    commands,
    callCount: 0,
    find: (name) => commands.find((command) => command.name === name),
    dispatch: async (_name, input) => success({ v: Number(asJsonObject(input).v ?? 0) + 1 }),
    prefetch: async () => {},
    takeNotices: () => [],
    unreadableFiles: async () => [],
  };
}

function chain(length: number) {
  const data = (i: number) => (i === 0 ? {} : { v: `$from:n${i - 1}:$output:v` });
  return {
    nodes: Array.from({ length }, (_, i) => ({ id: `n${i}`, type: 'add_one', data: data(i) })),
    edges: [],
  };
}

function fanOut(width: number) {
  return {
    nodes: Array.from({ length: width }, (_, i) => ({ id: `n${i}`, type: 'add_one', data: {} })),
    edges: [],
  };
}
