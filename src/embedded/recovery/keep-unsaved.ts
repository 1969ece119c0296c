import type { Recoveries } from '../../core/backend/recoveries.ts';
import type { Log } from '../../core/log.ts';
import type { Engine } from '../engine.ts';
import { createRecoveries } from './create-recoveries.ts';
import { newRecoveryId, recoveryFiles } from './recovery-files.ts';

export interface UnsavedKeeper {
  /**
   * Writes what is unsaved in an engine to a recovery file of its own, anew each time; removes the file when nothing is unsaved
   * any more. Never throws: what cannot be kept is logged as lost.
   */
  keep(engine: Engine): void;
  recoveriesOf(engine: Engine): Recoveries;
}

/** `keeps` false: unsaved edits are only logged as lost. */
export function createKeeper(stateDir: string, keeps: boolean, log: Log): UnsavedKeeper {
  const files = recoveryFiles(stateDir);
  const written = new Map<Engine, { readonly id: string; readonly projectPath: string }>();

  const write = (engine: Engine): void => {
    const unsaved = engine.unsaved();
    const known = written.get(engine);
    if (unsaved === null) {
      if (known !== undefined) files.keep(known.id, known.projectPath, null, []);
      written.delete(engine);
      return;
    }
    const { projectPath } = unsaved.work;
    const own = known?.projectPath === projectPath ? known : { id: newRecoveryId(), projectPath };
    files.keep(own.id, projectPath, unsaved.work, unsaved.objects);
    written.set(engine, own);
    const counts = { files: unsaved.work.entries.length, objects: unsaved.objects.length };
    log.warn(
      { project: projectPath, recovery: own.id, ...counts },
      'closed with unsaved changes: they are kept, and offered at the next start for this project',
    );
  };

  return {
    keep(engine) {
      if (engine.project?.isDirty !== true && !written.has(engine)) return;
      try {
        if (keeps) write(engine);
        else log.warn({ project: engine.projectPath }, 'closed with unsaved changes: they are lost');
      } catch (err) {
        log.error({ project: engine.projectPath, err }, 'closed with unsaved changes: they are lost');
      }
    },
    recoveriesOf: (engine) => createRecoveries(engine, files),
  };
}
