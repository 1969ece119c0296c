import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import type { Engine, EngineSession } from '../../src/embedded/engine.ts';
import { type OpenOptions, openProject } from '../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../src/embedded/project/opened-project.ts';
import { WaapiError } from '../../src/wwise/connection/backend.ts';
import { freshProject } from './fresh-project.ts';
import { engineOf } from './start-engine.ts';
import { newTempDir } from './temp-dir.ts';

export interface EngineRoom {
  readonly dir: string;
  readonly project: OpenedProject;
  readonly engine: Engine;
  readonly session: EngineSession;
  /** A second client of the same engine. */
  openSession(): EngineSession;
  /** `ak.wwise.core.` may be left out. */
  call(uri: string, args?: JsonObject, options?: JsonObject): Promise<JsonObject>;
  /** A call that must fail, and its error. */
  refused(uri: string, args?: JsonObject, options?: JsonObject): Promise<WaapiError>;
}

/** Runs `work` against the real engine on a new project (or the one given) in a temporary directory. */
export async function withEngine(
  work: (room: EngineRoom) => Promise<void>,
  prepare: (dir: string) => string = newProject,
  options: OpenOptions = {},
): Promise<void> {
  const dir = newTempDir('engine');
  const project = await openProject(prepare(dir), options);
  const engine = engineOf(project, dir);
  const session = engine.openSession();
  const call: EngineRoom['call'] = (uri, args = {}, options = {}) =>
    session.call(uri.startsWith('ak.') ? uri : `ak.wwise.core.${uri}`, args, options);
  try {
    await work({
      dir,
      project,
      engine,
      session,
      openSession: () => engine.openSession(),
      call,
      refused: async (uri, args, options) => {
        try {
          const result = await call(uri, args, options);
          throw new Error(`${uri} succeeded: ${JSON.stringify(result)}`);
        } catch (error) {
          if (error instanceof WaapiError) return error;
          throw error;
        }
      },
    });
  } finally {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function newProject(dir: string): string {
  const projectPath = join(dir, 'Test', 'Test.wproj');
  freshProject(projectPath);
  return projectPath;
}
