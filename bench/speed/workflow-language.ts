import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { silentLog } from '../../src/core/log.ts';
import { createOutside } from '../../src/outside/create-outside.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { createRuns } from '../../src/workflow/runtime/runs.ts';
import { readableFile, readableFolder } from '../../src/wwise/files/readable-file.ts';
import { bareBus } from '../runner-ours.ts';
import { inPairs, limitRow, median, ratioRow, type SpeedRow, timed } from './row.ts';

/** What nodes of the language cost that work on data alone: in a loop, and in a pipeline with its input and output. */
export async function measureWorkflowLanguage(
  dir: string,
  rounds: number,
  items = 10_000,
): Promise<SpeedRow[]> {
  return [await loopRow(dir, rounds, items), await pipelineRow(dir, rounds)];
}

/** Each item through three nodes, written down so that a kill loses nothing. */
async function loopRow(dir: string, rounds: number, items: number): Promise<SpeedRow> {
  const bus = bareBus();
  const stateDir = join(dir, 'loop-state');
  const stores = openSqliteStores(stateDir, { mostDurable: 'killSafe' });
  const runs = createRuns({ bus, log: silentLog, store: stores.runs, stateDir });
  const plan = compileWorkflow(
    {
      workflowId: 'loop',
      nodes: [
        {
          id: 'each',
          type: 'forEach',
          data: {
            items: Array.from({ length: items }, (_, index) => index),
            nodes: [
              transform('twice', ['{{ item }}'], 'item * 2'),
              transform('more', '$from:twice:$output:items', 'item + 1'),
              { id: 'some', type: 'filter', data: { items: '$from:more:$output:items', where: 'item > 0' } },
            ],
          },
        },
      ],
    },
    bus,
  );
  const took: number[] = [];
  for (let round = 0; round < Math.max(3, Math.ceil(rounds / 5)); round += 1)
    took.push(
      await timed(async () => {
        const { ok, error } = await runs.start(plan).done;
        if (!ok) throw new Error(String(error));
      }),
    );
  await stores.close();
  const perNodeUs = (median(took) * 1_000) / (items * 3);
  return limitRow(
    `forEach over ${items} items of three pure nodes, kill-safe`,
    perNodeUs,
    30,
    'us a node',
    1,
  );
}

function transform(id: string, items: unknown, transformation: string) {
  return { id, type: 'transform', data: { items, operations: [{ type: 'map', transformation }] } };
}

/** Rows of a file, cleaned, asked about at a service in batches, and written: beside the same written out, with its own requests. */
async function pipelineRow(dir: string, rounds: number): Promise<SpeedRow> {
  const room = join(dir, 'pipeline');
  mkdirSync(room, { recursive: true });
  const source = join(room, 'in.csv');
  const lines = Array.from({ length: 1_000 }, (_, index) => ` Name ${index} ,${index % 40}`);
  writeFileSync(source, `name,level\n${lines.join('\n')}\n`);
  const { server, url } = await startService();
  const bus = bareBus();
  const stores = openSqliteStores(join(room, 'state'), { mostDurable: 'killSafe' });
  const outside = createOutside({
    rules: { allowedDirs: [room], startDir: room },
    ...{ readableFile, readableFolder, databases: [] },
  });
  const runs = createRuns({
    bus,
    log: silentLog,
    store: stores.runs,
    outside,
    stateDir: join(room, 'state'),
  });
  const plan = compileWorkflow(
    {
      workflowId: 'pipeline',
      nodes: [
        { id: 'rows', type: 'input', data: { source: 'file', path: source, types: { level: 'number' } } },
        { id: 'some', type: 'filter', data: { where: 'item.level > 3.0' } },
        { id: 'clean', type: 'transform', data: { operations: [{ type: 'normalise', fields: ['name'] }] } },
        {
          id: 'asked',
          type: 'http',
          data: {
            ...{ url: `${url}/ask`, method: 'POST', batchSize: 50, concurrency: 1 },
            ...{ itemMapping: { name: 'item.name' }, onUnknown: 'retry', outputField: 'length' },
          },
        },
        { id: 'out', type: 'output', data: { destination: 'csv', path: 'ours.csv', mode: 'replace' } },
      ],
      edges: [
        ['rows', 'some'],
        ['some', 'clean'],
        ['clean', 'asked'],
        ['asked', 'out'],
      ].map(([from, to]) => ({ source: from, target: to })),
    },
    bus,
  );
  const ours = async (): Promise<void> => {
    const { ok, error } = await runs.start(plan).done;
    if (!ok) throw new Error(String(error));
  };
  const { ratio, oursMs, theirsMs } = await inPairs(rounds, ours, () =>
    written(source, join(room, 'theirs.csv'), url),
  );
  await stores.close();
  server.close();
  const about = `${oursMs.toFixed(0)} and ${theirsMs.toFixed(0)} ms`;
  return ratioRow(
    'a pipeline of a file, two pure nodes, 18 requests and a file, beside the same in code',
    ratio,
    1.1,
    about,
  );
}

/** The same steps in code. */
async function written(source: string, target: string, url: string): Promise<void> {
  const rows: { name: string; level: string }[] = parse(await readFile(source, 'utf8'), { columns: true });
  const some = rows.filter(({ level }) => Number(level) > 3);
  const clean = some.map(({ name, level }) => ({
    name: name.trim().replaceAll(/\s+/g, ' '),
    level: Number(level),
  }));
  const made: { name: string; level: number; length: unknown }[] = [];
  for (let at = 0; at < clean.length; at += 50) {
    const part = clean.slice(at, at + 50);
    const body = JSON.stringify({ name: part.map(({ name }) => name) });
    const answer = await fetch(`${url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const lengths: unknown = await answer.json();
    for (const [index, row] of part.entries())
      made.push({ ...row, length: Reflect.get(Object(lengths), index) });
  }
  await writeFile(target, stringify(made, { header: true }));
}

/** A service on this machine that takes five milliseconds, as a quick one does. */
async function startService(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => {
      text += String(piece);
    });
    request.on('end', () => {
      const names: unknown = Reflect.get(Object(JSON.parse(text)), 'name');
      const lengths = Array.isArray(names) ? names.map((name) => String(name).length) : [];
      const answer = () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lengths));
      setTimeout(answer, 5);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
