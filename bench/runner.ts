import { existsSync } from 'node:fs';
import { PGraph } from 'p-graph';
import { z } from 'zod';
import { asJsonObject } from '../src/base/json.ts';
import { silentLog } from '../src/base/log.ts';
import type { Bus } from '../src/bus/bus.ts';
import { type AnyCommand, defineCommand } from '../src/bus/command.ts';
import { success } from '../src/bus/result.ts';
import { compileWorkflow } from '../src/workflow/compile.ts';
import { createRunner } from '../src/workflow/run.ts';
import { measure } from './engines/measure.mjs';

/** One row of the comparison, in microseconds per node. */
interface Row {
  readonly engine: string;
  readonly shape: string;
  readonly leastUs: number;
  readonly medianUs: number;
}

/**
 * What the runner itself costs per node: a chain of 100 and a fan-out of 1,000 nodes that each add one, against p-graph in
 * the same run and, when `npm run bench:engines` has installed them, against n8n-core, Mastra and LangGraph.
 */
export async function benchRunner(print: (line: string) => void): Promise<void> {
  const rows: Row[] = [...(await ours()), ...(await pGraph()), ...(await others())];
  print('');
  print('Runner overhead, microseconds per node (least / median of several runs)');
  for (const { engine, shape, leastUs, medianUs } of rows) {
    print(
      `  ${engine.padEnd(28)}${shape.padEnd(10)}${leastUs.toFixed(1).padStart(9)}${medianUs.toFixed(1).padStart(9)}`,
    );
  }
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
function bareBus(): Bus {
  const commands: readonly AnyCommand[] = [add];
  return {
    commands,
    waapiCallCount: 0,
    find: (name) => commands.find((command) => command.name === name),
    dispatch: async (_name, input) => success({ v: Number(asJsonObject(input).v ?? 0) + 1 }),
    prefetch: async () => {},
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

async function ours(): Promise<Row[]> {
  const bus = bareBus();
  const runner = createRunner({ bus, log: silentLog });
  const rows: Row[] = [];
  for (const [shape, document] of [
    ['chain', chain(100)],
    ['fan-out', fanOut(1000)],
  ] as const) {
    const plan = compileWorkflow(document, bus);
    const run = async () => {
      const result = await runner.run(plan, {});
      const answer = result.ok ? result.data.results : undefined;
      return Array.isArray(answer) ? answer.length : 0;
    };
    rows.push(await measure('WwiseFlow, in memory', shape, document.nodes.length, run));
    const compile = async () => compileWorkflow(document, bus).nodes.length;
    rows.push(await measure('WwiseFlow, compile', shape, document.nodes.length, compile));
  }
  return rows;
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
    const { default: bench } = await import(new URL(`./engines/${engine}.mjs`, import.meta.url).href);
    rows.push(...(await bench()));
  }
  return rows;
}
