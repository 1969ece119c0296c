import { existsSync } from 'node:fs';
import type { Log } from '../../../core/log.ts';
import { journalPath } from '../saving/save-journal.ts';
import { settledNotice, settleSave, unsettledFiles } from '../saving/settle-save.ts';
import { isFolderWritable, readOnlyNotice } from '../saving/writable.ts';
import type { WriteBounds } from '../saving/write-bounds.ts';
import { lockProject, type ProjectLock } from './lock.ts';

export interface Hold {
  /** Null: it was opened without one. */
  readonly lock: ProjectLock | null;
  /** What there is to say about a save that was cut off. */
  readonly notices: readonly string[];
}

export interface HoldOptions {
  readonly lock: boolean;
  /** Whether a save that was cut off is completed or undone, or only reported. Only for who has the lock. */
  readonly settle: boolean;
  readonly bounds: WriteBounds;
}

/**
 * Locks a project and completes or undoes a save that was cut off, before anything of it is read. Throws WAAPI_UNAVAILABLE
 * (open in another process) and FILE_UNREADABLE (the save can be settled neither way).
 */
export async function takeHold(projectPath: string, options: HoldOptions, log: Log): Promise<Hold> {
  const isThere = existsSync(projectPath) || existsSync(journalPath(projectPath));
  const held = options.lock && isThere ? await lockProject(projectPath, options.bounds) : null;
  try {
    return renewHold(projectPath, held, options, log);
  } catch (failure) {
    held?.release();
    throw failure;
  }
}

/** The same for a project that is read anew under the lock it has. */
export function renewHold(
  projectPath: string,
  lock: ProjectLock | null,
  { settle, bounds }: Omit<HoldOptions, 'lock'>,
  log: Log,
): Hold {
  const isWritable = isFolderWritable(projectPath);
  const notices = [
    ...noticesOf(projectPath, settle && isWritable, bounds),
    ...(isWritable || !existsSync(projectPath) ? [] : [readOnlyNotice(projectPath)]),
  ];
  for (const notice of notices) log.warn({ projectPath }, notice);
  return { lock, notices };
}

function noticesOf(projectPath: string, settles: boolean, bounds: WriteBounds): readonly string[] {
  if (settles) {
    const settled = settleSave(projectPath, bounds);
    return settled === null ? [] : [settledNotice(settled)];
  }
  const files = unsettledFiles(projectPath);
  return files.length === 0 ? [] : [unsettledNotice(files)];
}

/** In words, for whoever may only look. */
export function unsettledNotice(files: readonly string[]): string {
  return `A save was cut off in the middle, or is under way: ${files.join(', ')} may be partly old and partly new. Opening the project for writing completes or undoes it.`;
}
