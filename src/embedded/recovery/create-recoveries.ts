import type { KeptEdits, Recoveries } from '../../core/backend/recoveries.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { Engine } from '../engine.ts';
import { standingOf } from './apply-work.ts';
import type { Recovery, RecoveryFiles } from './recovery-files.ts';

/** The recoveries of the project that an engine has open. */
export function createRecoveries(engine: Engine, files: RecoveryFiles): Recoveries {
  const projectPath = (): string => engine.projectPath ?? '';
  /** A save that was cut off may have been completed since: what is on disk already is unsaved no longer. */
  const listed = (): ReturnType<RecoveryFiles['list']> => {
    const { recoveries, unreadable } = files.list(projectPath());
    const isUnsaved = (recovery: Recovery): boolean => {
      if (standingOf(recovery).some((standing) => standing !== 'done')) return true;
      files.discard(projectPath(), recovery.id);
      return false;
    };
    return { recoveries: recoveries.filter(isUnsaved), unreadable };
  };
  const find = (id: string): Recovery => {
    const { recoveries } = listed();
    const found = recoveries.find((recovery) => recovery.id === id);
    if (found !== undefined) return found;
    const candidates = recoveries.map((recovery) => recovery.id);
    throw new WwiseFlowError('FILE_NOT_FOUND', `There is no recovery "${id}" of ${projectPath()}.`, {
      hint:
        candidates.length === 0
          ? 'Nothing is kept for this project.'
          : `Give one of these: ${candidates.join(', ')}.`,
      details: { id, candidates },
    });
  };
  return {
    list() {
      if (engine.projectPath === null) return { kept: [], unreadable: [] };
      const { recoveries, unreadable } = listed();
      return { kept: recoveries.map(shown), unreadable };
    },
    async apply(id) {
      const written = await engine.recover(find(id));
      files.discard(projectPath(), id);
      return written;
    },
    async discard(id) {
      files.discard(projectPath(), find(id).id);
    },
  };
}

/**
 * What to say, once, to whoever begins to work on a project with kept edits; undefined without any. `isOffered`: this
 * program has project_recover, as a tool or a node.
 */
export function recoveryNotice(
  { kept, unreadable }: ReturnType<Recoveries['list']>,
  isOffered: boolean,
): string | undefined {
  const [first] = kept;
  const broken = unreadable.map(({ filePath, problem }) => ` ${filePath} cannot be read: ${problem}.`);
  if (first === undefined) return broken.length === 0 ? undefined : `Kept edits are lost:${broken.join('')}`;
  const each = kept.map(
    ({ id, writtenAtMs, files, objectCount }) =>
      `${id} (${new Date(writtenAtMs).toISOString()}, ${objectCount} objects in ${files.length} files)`,
  );
  return `Earlier sessions ended with unsaved edits, which are kept: ${each.join('; ')}. ${isOffered ? offered : notOffered}${broken.join('')}`;
}

const offered =
  'project_recover shows, applies or discards them (a tool of --toolsets project; a node of workflow_run in any case).';
const notOffered =
  'This program can neither show, apply nor discard them: start it without --read-only, and with project_recover not excluded, for that.';

function shown(recovery: Recovery): KeptEdits {
  const standing = standingOf(recovery);
  const { id, writtenAtMs, objects, objectCount } = recovery;
  return {
    id,
    writtenAtMs,
    files: recovery.entries.map(({ place, before, after }, index) => ({
      path: place,
      change: before === null ? 'added' : after === null ? 'removed' : 'changed',
      onDisk: standing[index] ?? 'conflict',
    })),
    objects,
    objectCount,
  };
}
