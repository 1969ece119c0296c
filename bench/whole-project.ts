import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../src/core/json.ts';
import { silentLog } from '../src/core/log.ts';
import { createEngine } from '../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../src/embedded/in-process-backend.ts';
import { openProject } from '../src/embedded/project/open-project.ts';
import { openSqliteStores } from '../src/stores/sqlite/sqlite-stores.ts';
import { createConnection } from '../src/wwise/connection/connection.ts';
import { inProcessLimitsMs } from '../src/wwise/connection/time-limits.ts';
import { createDispatcher } from '../src/wwise/create-dispatcher.ts';
import { commands } from '../tools/catalog.ts';
import { generateProject } from './embedded-generated-project.ts';

/** What looks at every object, by command. */
export const questions: Readonly<Record<string, JsonObject>> = {
  project_lint: {},
  find_unused: {},
  audio_files_report: {},
  references_to: { objectId: '\\Busses\\Default Work Unit\\Main Audio Bus' },
  project_tree: {},
};

/** Commands that look at a whole project, on projects of growing size: their time should grow no faster than the project. */
export async function benchWholeProject(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-whole-'));
  try {
    print('');
    print('Commands over a whole generated project, in ms');
    print(
      `  objects${Object.keys(questions)
        .map((name) => name.padStart(20))
        .join('')}`,
    );
    for (const objects of [6_000, 50_000, 200_000]) {
      const times = await askAll(generateProject(dir, objects), dir);
      print(`  ${String(objects).padStart(7)}${times.map((ms) => ms.toFixed(0).padStart(20)).join('')}`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Milliseconds of each question, in their order. */
export async function askAll(projectPath: string, dir: string): Promise<number[]> {
  const engine = createEngine({
    openProject: await openProject(projectPath),
    functions: embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir }),
    log: silentLog,
  });
  const open = async () => inProcessBackend(engine);
  const waapi = createConnection({
    open,
    address: projectPath,
    log: silentLog,
    timeLimitsMs: inProcessLimitsMs(),
  });
  const stores = openSqliteStores(null);
  const rules = {
    readOnly: false,
    expectProject: null,
    files: { allowedDirs: [dir], startDir: dir },
    log: silentLog,
  };
  const bus = createDispatcher({ memo: stores.memo, audit: stores.audit, ...rules, commands, waapi });
  try {
    const times: number[] = [];
    for (const [command, input] of Object.entries(questions)) {
      const from = performance.now();
      const result = await bus.dispatch(command, input);
      if (!result.ok) throw new Error(`${command}: ${result.error}`);
      times.push(performance.now() - from);
    }
    return times;
  } finally {
    await waapi.close();
    await engine.close();
    await stores.close();
  }
}
