import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/core/log.ts';
import { createEngine } from '../src/embedded/create-engine.ts';
import type { EngineSession } from '../src/embedded/engine.ts';
import { embeddedFunctions } from '../src/embedded/functions/catalog.ts';
import { openProject } from '../src/embedded/project/open-project.ts';
import { generateProject } from './embedded-generated-project.ts';

const files = 300;
const objectsPerFile = 70;
/** Of a read that takes a tenth of a millisecond; of longer ones less. */
const rounds = 4_000;

/** Queries from the smallest read to one that looks at every object. */
const reads: readonly (readonly [string, string, number])[] = [
  ['one object by its path', '$ "\\Containers\\Default Work Unit"', rounds],
  ['the children of one', '$ "\\Containers" select children', rounds / 2],
  ['300 objects of a type', '$ from type WorkUnit', rounds / 2],
  ['all Sounds, by name', '$ from type Sound where name : "999"', rounds / 20],
];

/**
 * What it costs a read that others may change the files: the same reads on one project of 300 files, through an engine that
 * watches it and one that does not, in turn, in one process. One project, because of two equal ones in memory the first is
 * up to a quarter slower. Of each the fastest tenth counts: what slower ones waited for was another program.
 */
export async function benchReadCost(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-read-'));
  const closers: (() => Promise<void>)[] = [];
  try {
    const opened = await openProject(generateProject(dir, files * objectsPerFile, objectsPerFile));
    const start = (followDisk: boolean): EngineSession => {
      const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
      const engine = createEngine({ openProject: opened, functions, followDisk, log: silentLog });
      closers.push(engine.close);
      return engine.openSession();
    };
    const watched = start(true);
    const alone = start(false);
    print('');
    print(`What watching ${files} files adds to a read: microseconds per read, without, with, and the ratio`);
    for (const [name, waql, times] of reads) {
      const spent: { alone: number[]; watched: number[] } = { alone: [], watched: [] };
      const read = async (session: EngineSession, into: number[]): Promise<void> => {
        const from = performance.now();
        await session.call('ak.wwise.core.object.get', { waql }, { return: ['id', 'name', 'path'] });
        into.push((performance.now() - from) * 1_000);
      };
      for (let round = 0; round < times; round++) {
        // Whoever comes second finds the caches warm: each does so every other time.
        const pair = [() => read(alone, spent.alone), () => read(watched, spent.watched)];
        for (const one of round % 2 === 0 ? pair : pair.reverse()) await one();
      }
      const [without, withIt] = [fastest(spent.alone), fastest(spent.watched)];
      const numbers = [without, withIt].map((value) => value.toFixed(0).padStart(8)).join('');
      print(`  ${name.padEnd(28)}${numbers}${(withIt / without).toFixed(2).padStart(8)}`);
    }
  } finally {
    for (const close of closers) await close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The slowest of the fastest tenth. */
function fastest(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 10)] ?? 0;
}
