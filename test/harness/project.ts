import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Bus, DispatchOptions } from '../../src/bus/bus.ts';
import { type BusParts, createBus } from '../../src/bus/create-bus.ts';
import type { Failure } from '../../src/bus/result.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import { waapiFunctions } from '../../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../../src/embedded/in-process-backend.ts';
import { createProject } from '../../src/embedded/project/new-project.ts';
import { openProject } from '../../src/embedded/project/open.ts';
import type { AuditStore } from '../../src/store/audit-store.ts';
import type { MemoStore } from '../../src/store/memo-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { sqliteAudit } from '../../src/store/sqlite-audit.ts';
import { sqliteMemo } from '../../src/store/sqlite-memo.ts';
import type { WaapiBackend } from '../../src/waapi/backend.ts';
import { createConnection } from '../../src/waapi/connection.ts';
import type { Waapi } from '../../src/waapi/waapi.ts';
import { commands } from '../../tools/catalog.ts';

export interface ProjectRoom {
  readonly bus: Bus;
  readonly waapi: Waapi;
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  /** A temporary directory, the only allowed one; the project lies in `project` below it. */
  readonly dir: string;
  readonly projectPath: string;
  /** Dispatches and gives the data; throws what went wrong. */
  done(command: string, input: unknown, options?: DispatchOptions): Promise<JsonObject>;
  /** Dispatches what must fail, and gives the failure. */
  refused(command: string, input: unknown, options?: DispatchOptions): Promise<Failure>;
  /** Another bus over the same project and stores: another process, as far as they can tell. */
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
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-')));
  const projectPath = options.projectPath ?? join(dir, 'project', 'Test.wproj');
  if (options.projectPath === undefined) createProject(projectPath);
  const engine = createEngine({
    openProject: await openProject(projectPath),
    functions: waapiFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir }),
    log: silentLog,
  });
  const { wire = (backend: WaapiBackend) => backend } = options;
  const waapi = createConnection({
    open: async () => wire(inProcessBackend(engine)),
    address: projectPath,
    log: silentLog,
  });
  const memo = sqliteMemo(openDatabase(null, { durable: true }));
  const audit = sqliteAudit(openDatabase(null, { durable: false }));
  const parts: BusParts = {
    commands,
    waapi,
    memo,
    audit,
    files: { allowedDirs: [dir] },
    readOnly: false,
    expectProject: null,
    log: silentLog,
    ...options.bus,
  };
  const bus = createBus(parts);
  try {
    return await work({
      bus,
      waapi,
      memo,
      audit,
      dir,
      projectPath,
      done: async (command, input, how) => {
        const result = await bus.dispatch(command, input, how);
        if (!result.ok)
          throw new Error(`${command}: ${result.code}: ${result.error} ${JSON.stringify(result.details)}`);
        return result.data;
      },
      refused: async (command, input, how) => {
        const result = await bus.dispatch(command, input, how);
        if (result.ok) throw new Error(`${command} succeeded: ${JSON.stringify(result.data)}`);
        return result;
      },
      anotherBus: (changes = {}) => createBus({ ...parts, ...changes }),
    });
  } finally {
    await waapi.close();
    await engine.close();
    memo.close();
    audit.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
