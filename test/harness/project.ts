import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from '../../src/core/dispatch/bus.ts';
import { silentLog } from '../../src/core/log.ts';
import type { AuditStore } from '../../src/core/stores/audit-store.ts';
import type { MemoStore } from '../../src/core/stores/memo-store.ts';
import { inProcessBackend } from '../../src/embedded/in-process-backend.ts';
import type { WaapiBackend } from '../../src/wwise/connection/backend.ts';
import { createConnection } from '../../src/wwise/connection/connection.ts';
import type { Waapi } from '../../src/wwise/connection/waapi.ts';
import { type BusParts, createDispatcher } from '../../src/wwise/create-dispatcher.ts';
import { busOver, type Dispatching } from './bus-over.ts';
import { freshProject } from './fresh-project.ts';
import { startEngine } from './start-engine.ts';
import { newTempDir } from './temp-dir.ts';

export interface ProjectRoom extends Dispatching {
  readonly bus: Bus;
  readonly waapi: Waapi;
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  /** A temporary directory, the only allowed one; the project lies in `project` below it. */
  readonly dir: string;
  readonly projectPath: string;
  /** Another bus over the same project and stores: another process, as far as they can see. */
  anotherBus(changes?: Partial<BusParts>): Bus;
}

export interface RoomOptions {
  /** An existing .wproj to work on instead of a new project. */
  readonly projectPath?: string | undefined;
  /** Stands between the connection and the engine: the wire, where a test may cut it. */
  readonly wire?: ((backend: WaapiBackend) => WaapiBackend) | undefined;
  readonly bus?: Partial<BusParts> | undefined;
}

/** Runs `work` on a real new project, opened by the embedded engine, behind the real connection and bus. */
export async function withProject<T>(
  work: (room: ProjectRoom) => Promise<T>,
  options: RoomOptions = {},
): Promise<T> {
  const dir = newTempDir('project');
  const projectPath = options.projectPath ?? join(dir, 'project', 'Test.wproj');
  if (options.projectPath === undefined) freshProject(projectPath);
  const engine = await startEngine(projectPath, dir);
  const { wire = (backend: WaapiBackend) => backend } = options;
  const waapi = createConnection({
    open: async () => wire(inProcessBackend(engine)),
    address: projectPath,
    log: silentLog,
  });
  const over = busOver(waapi, dir, options.bus);
  try {
    const { close: _close, parts, ...rest } = over;
    return await work({
      ...rest,
      waapi,
      dir,
      projectPath,
      anotherBus: (changes = {}) => createDispatcher({ ...parts, ...changes }),
    });
  } finally {
    await waapi.close();
    await engine.close();
    await over.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
