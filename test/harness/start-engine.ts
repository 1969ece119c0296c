import { silentLog } from '../../src/core/log.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import type { Engine } from '../../src/embedded/engine.ts';
import { embeddedFunctions } from '../../src/embedded/functions/catalog.ts';
import { openProject } from '../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../src/embedded/project/opened-project.ts';

/** The embedded engine with all its functions on a project file; its installation and user directory are `dir`. */
export async function startEngine(projectPath: string, dir: string): Promise<Engine> {
  return engineOf(await openProject(projectPath), dir);
}

/** The same on a project that is open already. */
export function engineOf(project: OpenedProject, dir: string): Engine {
  const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
  return createEngine({ openProject: project, functions, log: silentLog });
}
