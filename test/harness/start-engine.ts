import { silentLog } from '../../src/core/log.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import type { Engine } from '../../src/embedded/engine.ts';
import { waapiFunctions } from '../../src/embedded/functions/catalog.ts';
import { openProject } from '../../src/embedded/project/open.ts';
import type { OpenProject } from '../../src/embedded/project/open-project.ts';

/** The embedded engine with all its functions on a project file; its installation and user directory are `dir`. */
export async function startEngine(projectPath: string, dir: string): Promise<Engine> {
  return engineOf(await openProject(projectPath), dir);
}

/** The same on a project that is open already. */
export function engineOf(project: OpenProject, dir: string): Engine {
  const functions = waapiFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
  return createEngine({ openProject: project, functions, log: silentLog });
}
