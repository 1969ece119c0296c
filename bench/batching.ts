import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asJsonObject, type JsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { createEngine } from '../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../src/embedded/in-process-backend.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { openProject } from '../src/embedded/project/open-project.ts';
import { openSqliteStores } from '../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../src/workflow/compiler/compile.ts';
import { createRunner } from '../src/workflow/runtime/runner.ts';
import type { WaapiBackend } from '../src/wwise/connection/backend.ts';
import { createConnection } from '../src/wwise/connection/connection.ts';
import { createDispatcher } from '../src/wwise/create-dispatcher.ts';
import { writeTone } from '../test/harness/wave.ts';
import { commands } from '../tools/catalog.ts';

/** What each WAAPI call takes on its way, in milliseconds. */
export const LATENCY_MS = 50;

/**
 * What a run of many sounds costs, each created, imported, routed and given a volume, with a save at the end: WAAPI calls and
 * seconds on a link with 50 ms of latency per call, anew and once more when the memo has it all.
 */
export async function benchBatching(print: (line: string) => void): Promise<void> {
  print('');
  print(`Sounds created, imported, routed and given a volume, ${LATENCY_MS} ms per WAAPI call`);
  print('  sounds   nodes   planned   calls   seconds   again: calls   seconds');
  for (const sounds of [10, 100, 1_000]) {
    const { planned, first, again } = await runSounds(sounds);
    const cells = [sounds, 4 * sounds + 1, planned, first.calls, first.seconds, again.calls, again.seconds];
    const widths = [8, 8, 10, 8, 10, 15, 10];
    print(cells.map((cell, at) => shown(cell).padStart(widths[at] ?? 0)).join(''));
  }
}

interface Cost {
  readonly calls: number;
  readonly seconds: number;
  /** Of these, inside the engine that stands in for Wwise. */
  readonly engineSeconds: number;
}

/** `below`: the directory for project, audio and journal. */
export async function runSounds(
  count: number,
  below: string = tmpdir(),
): Promise<{ readonly planned: number; readonly first: Cost; readonly again: Cost }> {
  const dir = mkdtempSync(join(below, 'wwiseflow-bench-'));
  const projectPath = join(dir, 'Bench', 'Bench.wproj');
  createProject(projectPath);
  const engine = createEngine({
    openProject: await openProject(projectPath),
    functions: embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir }),
    log: silentLog,
  });
  const spent = { engineMs: 0 };
  const waapi = createConnection({
    open: async () => slow(inProcessBackend(engine), spent),
    address: projectPath,
    log: silentLog,
  });
  const stores = openSqliteStores(dir);
  const { memo, audit } = stores;
  const files = { allowedDirs: [dir], startDir: dir };
  const bus = createDispatcher({
    commands,
    waapi,
    memo,
    audit,
    files,
    readOnly: false,
    expectProject: null,
    log: silentLog,
  });
  try {
    const nodes = Array.from({ length: count }, (_, at) => soundNodes(at, dir)).flat();
    const document = {
      workflowId: 'sounds',
      nodes: [...nodes, { id: 'save', type: 'projectSave' }],
      edges: [],
    };
    const runner = createRunner({ bus, log: silentLog, stateDir: dir });
    const run = async (): Promise<Cost> => {
      const started = performance.now();
      spent.engineMs = 0;
      const result = await runner.run(compileWorkflow(document, bus));
      if (!result.ok) throw new Error(result.error);
      const calls = Number(asJsonObject(result.data).waapiCalls);
      const seconds = (performance.now() - started) / 1_000;
      return { calls, seconds, engineSeconds: spent.engineMs / 1_000 };
    };
    const planned = compileWorkflow(document, bus).waapiCalls;
    return { planned, first: await run(), again: await run() };
  } finally {
    await waapi.close();
    await engine.close();
    await stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function soundNodes(at: number, dir: string): JsonObject[] {
  const filePath = join(dir, 'wavs', `shot_${at}.wav`);
  writeTone(filePath, { frequencyHz: 200 + at });
  return [
    {
      id: `create${at}`,
      type: 'createSound',
      data: { name: `Shot ${at}`, parentPath: '\\Containers\\Default Work Unit' },
    },
    {
      id: `import${at}`,
      type: 'audioImport',
      data: { filePath, objectId: `$from:create${at}:$output:objectId` },
    },
    {
      id: `route${at}`,
      type: 'setOutputBus',
      data: {
        objectId: `$from:import${at}:$output:objectId`,
        busPath: '\\Busses\\Default Work Unit\\Main Audio Bus',
      },
    },
    {
      id: `volume${at}`,
      type: 'setProperty',
      data: { objectId: `$from:route${at}:$output:object.id`, property: 'Volume', value: -6 },
    },
  ];
}

function slow(backend: WaapiBackend, spent: { engineMs: number }): WaapiBackend {
  return {
    address: backend.address,
    call: async (uri, args, options) => {
      await delay(LATENCY_MS);
      const from = performance.now();
      const answer = await backend.call(uri, args, options);
      spent.engineMs += performance.now() - from;
      return answer;
    },
    subscribe: (topic, options, onEvent) => backend.subscribe(topic, options, onEvent),
    close: () => backend.close(),
  };
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
