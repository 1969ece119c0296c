import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../core/log.ts';
import type { Engine } from '../embedded/engine.ts';
import { newRecoveryId, type Recovery, recoveryFiles } from '../embedded/recovery/recovery-files.ts';
import type { SharedAddress } from './join-project.ts';

/**
 * Leaves what is unsaved beside the socket at which it was shared, for the window that goes on with the project: it may have been
 * made by that one, and its state directory may be another. False when there is nothing, or it cannot be left.
 */
export function leaveUnsaved(folder: string, engine: Engine, log: Log): boolean {
  const unsaved = engine.unsaved();
  if (unsaved === null) return false;
  try {
    recoveryFiles(folder).keep(newRecoveryId(), unsaved.work.projectPath, unsaved.work, unsaved.objects);
    return true;
  } catch (err) {
    log.error({ project: unsaved.work.projectPath, err }, 'unsaved edits cannot be left for other windows');
    return false;
  }
}

/**
 * Keeps what the process that had the project left, among what earlier sessions left unsaved, unless it is there already. Gives
 * how many that are.
 */
export function takeUnsaved(from: SharedAddress, stateDir: string, projectPath: string, log: Log): number {
  const folder = dirname(from.path);
  if (!existsSync(join(folder, 'recovery'))) return 0;
  try {
    const own = recoveryFiles(stateDir);
    const known = own.list(projectPath).recoveries.map(workOf);
    const left = recoveryFiles(folder)
      .list(projectPath)
      .recoveries.filter((recovery) => !known.includes(workOf(recovery)));
    for (const recovery of left) own.keep(recovery.id, projectPath, recovery, recovery.objects);
    rmSync(folder, { recursive: true, force: true });
    return left.length;
  } catch (err) {
    log.error({ project: projectPath, folder, err }, 'what was left unsaved cannot be taken over');
    return 0;
  }
}

/** Equal for the same work. */
function workOf({ entries }: Recovery): string {
  return JSON.stringify(entries.map(({ bytes: _, ...entry }) => entry));
}
