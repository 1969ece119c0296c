import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { silentLog } from '../src/core/log.ts';
import { createEngine } from '../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../src/embedded/functions/catalog.ts';
import { openProject } from '../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../src/embedded/project/opened-project.ts';
import { runQuery } from '../src/embedded/waql/run-query.ts';

/** What one project costs. Medians; times in milliseconds. */
export interface Measured {
  readonly objects: number;
  readonly megabytes: number;
  /** `saxes` alone, over the same bytes in the same run. */
  readonly saxesMs: number;
  readonly openMs: number;
  /** `$ from project`: found, */
  readonly queryMs: number;
  /** and the whole call, with id, name, type and path of each. */
  readonly callMs: number;
  /** Memory of the whole process with the project open once. */
  readonly openRssMb: number;
}

/** Measures one project, turn by turn: what slows the machine down slows both down. */
export async function measureProject(projectPath: string, rounds: number): Promise<Measured> {
  const first = await openProject(projectPath);
  const openRssMb = process.memoryUsage().rss / 1e6;
  const objects = [...first.model.all()].length;
  const queryMs = median(Array.from({ length: rounds * 5 }, () => queryOnce(first)));
  const callMs = await callOnce(first);
  const files = readdirSync(dirname(projectPath), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(wwu|wproj)$/.test(name))
    .map((name) => join(dirname(projectPath), name));
  const saxesMs: number[] = [];
  const openMs: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    bytes = tokenise(files);
    saxesMs.push(performance.now() - started);
    const opening = performance.now();
    const project = await openProject(projectPath);
    openMs.push(performance.now() - opening);
    project.close();
  }
  return {
    objects,
    megabytes: bytes / 1e6,
    saxesMs: median(saxesMs),
    openMs: median(openMs),
    queryMs,
    callMs,
    openRssMb,
  };
}

const everything = '$ from project';

function queryOnce(project: OpenedProject): number {
  const started = performance.now();
  let found = 0;
  for (const _object of runQuery(project.model, everything)) found++;
  if (found === 0) throw new Error('the query found nothing');
  return performance.now() - started;
}

/** Through the engine, as a client's call; closes the project. Median of five, after one to warm up. */
async function callOnce(openProject: OpenedProject): Promise<number> {
  const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: '', userDir: '' });
  const engine = createEngine({ openProject, functions, log: silentLog });
  const session = engine.openSession();
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    const started = performance.now();
    const fields = { return: ['id', 'name', 'type', 'path'] };
    await session.call('ak.wwise.core.object.get', { waql: everything }, fields);
    times.push(performance.now() - started);
  }
  await engine.close();
  return median(times.slice(1));
}

/** Counts what it sees, as the least a reader could do with it. */
function tokenise(files: readonly string[]): number {
  let bytes = 0;
  let tokens = 0;
  for (const file of files) {
    const content = readFileSync(file);
    bytes += content.length;
    const parser = new SaxesParser();
    parser.on('opentag', () => tokens++);
    parser.on('text', () => tokens++);
    parser.write(content.toString('utf8')).close();
  }
  return bytes;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

// In a process of its own, so that its memory is that of one project.
const [projectPath, rounds] = process.argv.slice(2);
if (projectPath !== undefined && import.meta.filename === process.argv[1]) {
  process.stdout.write(JSON.stringify(await measureProject(projectPath, Number(rounds))));
}
