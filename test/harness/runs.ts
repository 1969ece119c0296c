import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../src/workflow/runtime/runs.ts';
import { type ProjectRoom, type RoomOptions, withProject } from './project.ts';
import { writeTone } from './wave.ts';

export interface RunRoom extends ProjectRoom {
  readonly runs: Runs;
  readonly stateDir: string;
  readonly wav: string;
  run(document: JsonObject): Promise<{ executionId: string; answer: JsonObject }>;
  /** Every file of the project with its content. */
  files(): Record<string, string>;
}

/** A project with the runs of workflows on it, kept in a database of its own. */
export function withRuns(work: (room: RunRoom) => Promise<void>, options: RoomOptions = {}): Promise<void> {
  return withProject(async (room) => {
    const stateDir = join(room.dir, 'state');
    const stores = openSqliteStores(stateDir);
    const store = stores.runs;
    const runs = createRuns({ bus: room.bus, log: silentLog, store, stateDir });
    const wav = join(room.dir, 'wavs', 'step.wav');
    writeTone(wav);
    try {
      await work({
        ...room,
        runs,
        stateDir,
        wav,
        run: async (document) => {
          const { executionId, done } = runs.start(compileWorkflow(document, room.bus));
          const result = await done;
          return { executionId, answer: JSON.parse(JSON.stringify(result)) as JsonObject };
        },
        files: () => contentsOf(join(room.dir, 'project')),
      });
    } finally {
      await stores.close();
    }
  }, options);
}

function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.lock/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'latin1')]));
}
