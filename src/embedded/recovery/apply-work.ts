import { existsSync, mkdirSync } from 'node:fs';
import { WwiseFlowError } from '../../core/errors.ts';
import { atOnce } from '../../core/turns/turns.ts';
import { realPlace } from '../project/disk/real-place.ts';
import { moveRest } from '../project/folders/move-directories.ts';
import type { UnsavedWork } from '../project/opened-project.ts';
import { writtenPaths } from '../project/saving/save-journal.ts';
import { saveStep } from '../project/saving/save-step.ts';
import { hashAt } from '../project/saving/swap-files.ts';
import { refuseOutOfBounds, type WriteBounds } from '../project/saving/write-bounds.ts';

/** How a file stands to the work: `ready` is as it was when the work was done, `done` holds it already. */
export type FileStanding = 'ready' | 'done' | 'conflict';

export function standingOf(work: UnsavedWork): readonly FileStanding[] {
  return work.entries.map(({ place, from, before, after }) => {
    const present = hashAt(realPlace(place));
    if (present === after) return 'done';
    return present === before || (from !== place && hashAt(realPlace(from)) === before)
      ? 'ready'
      : 'conflict';
  });
}

/**
 * Writes unsaved work to the files it was based on, as one step; returns those it wrote. Throws FILE_CONFLICT, and writes
 * nothing, when one of them was changed since.
 */
export function applyWork(work: UnsavedWork, bounds: WriteBounds): readonly string[] {
  const standing = standingOf(work);
  const conflicts = work.entries.filter((_, index) => standing[index] === 'conflict');
  if (conflicts.length > 0) {
    const files = conflicts.map(({ place }) => place);
    throw new WwiseFlowError(
      'FILE_CONFLICT',
      `Not applied: ${files.join(', ')} changed on disk since the unsaved work was done. Nothing was written.`,
      {
        hint: 'Restore these files as they were (version control) and apply again; or look at what it holds with project_recover, do it anew, and discard it.',
        details: { files },
      },
    );
  }
  refuseOutOfBounds(bounds, writtenPaths(work));
  const ready = work.entries.filter((_, index) => standing[index] === 'ready');
  for (const { to } of work.directories) if (!existsSync(to)) mkdirSync(to, { recursive: true });
  atOnce(saveStep(work.projectPath, ready, work.directories));
  for (const { from, to } of work.directories) moveRest(from, to);
  return ready.map(({ place }) => place);
}
