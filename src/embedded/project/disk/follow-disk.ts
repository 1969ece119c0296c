import { isFileDirty } from '../../model/index/project-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { BrokenFile, OpenedProject } from '../opened-project.ts';
import { createDiskWatch, type DiskDifference, type DiskWatch } from './disk-watch.ts';

export interface FollowParts {
  /** Takes the project, read again, in place of the one that was open. */
  replace(reopened: OpenedProject): void;
  /** Reports in words what happened on disk and what was done about it. `stands`: it holds until the project is opened anew. */
  report(notice: string, stands?: boolean): void;
}

/** Keeps the open project as the disk is, or says why it cannot. */
export interface DiskFollower {
  /** Follows another project from now on, or none. */
  attend(project: OpenedProject | null): void;
  /**
   * Takes in what others did to the files of the project: they are read again. Where one of them has unsaved edits, none is
   * (that would clear the undo history, a way out of the conflict): every later edit is refused until the conflict is solved,
   * and each call reports every changed file. `seen`: who calls knows what was reported before. `cause`: who changed them.
   */
  keepUp(force: boolean, seen: boolean, cause?: string): Promise<void>;
  /** Whether `keepUp` would have nothing to do; costs a look at the clock. */
  isKept(force: boolean, seen: boolean): boolean;
  /** What could not be taken in because it can no longer be read, such as a .wproj in the middle of a merge. */
  unreadableFiles(): readonly BrokenFile[];
}

export function createDiskFollower({ replace, report }: FollowParts): DiskFollower {
  let project: OpenedProject | null = null;
  let disk: DiskWatch | null = null;
  let conflict: Conflict | null = null;
  /** Changed on disk, and read again only when the open undo group ends. */
  let postponed: ReadonlySet<string> = new Set();
  /** Read again and not yet reported to whoever is calling. */
  let unseen: ReadonlySet<string> = new Set();

  const attend = (next: OpenedProject | null): void => {
    disk?.close();
    project = next;
    conflict = null;
    postponed = new Set();
    disk = next === null ? null : createDiskWatch(next);
    next?.guardEdits((deleted, touched) => {
      if (conflict !== null) throw refused(conflict);
      const stale = touched.filter((path) => postponed.has(path));
      if (stale.length > 0) {
        throw refused({
          files: stale,
          reason: `${listed(stale)} changed on disk and is not read again while an undo group is open.`,
          nextStep:
            'End or cancel the group, as the end of a run does; then it is read again, and edits go on.',
        });
      }
      const files = deleted.filter((path) => unseen.has(path));
      if (files.length === 0) return;
      throw refused({
        files,
        reason: `${listed(files)} changed on disk since it was last read.`,
        nextStep: 'Look at what is in it now, and delete it again if it is still to go.',
      });
    });
  };

  const stand = (found: Conflict): void => {
    conflict = found;
    report(`${found.reason} ${found.nextStep}`, true);
  };

  const keepUp = async (force: boolean, seen: boolean, cause = others): Promise<void> => {
    if (seen) unseen = new Set();
    if (project === null || disk === null) return;
    // A conflict may have been solved by an undo, and a group may have ended: no file watch reports that.
    const differences = disk.differences(force || looksInAnyCase());
    if (differences === undefined) return;
    conflict = null;
    postponed = new Set();
    if (differences.length === 0) return;
    const files = differences.map(({ filePath }) => filePath);
    const edited = unsavedAmong(project, files);
    if (edited.length > 0) {
      stand({
        files: edited,
        reason: `${listed(edited)} changed on disk and holds unsaved edits too.`,
        nextStep: `Edits are refused until that is settled: undo the unsaved edits, restore the file on disk, or call project_reload with discardUnsaved.${unreadYet(differences, edited)}`,
      });
      return;
    }
    if (project.undo.isGroupOpen) {
      // An undo group must find the tree that it was begun on.
      postponed = new Set(files);
      report(
        `${listed(files)} changed on disk and is not read again while an undo group is open: this answer shows it as it was before. End or cancel the group.`,
      );
      return;
    }
    await takeIn(project, differences, cause);
  };

  const looksInAnyCase = (): boolean => conflict !== null || postponed.size > 0;

  const takeIn = async (
    old: OpenedProject,
    differences: readonly DiskDifference[],
    cause: string,
  ): Promise<void> => {
    let reopened: OpenedProject;
    try {
      reopened = await old.reopen(true);
    } catch (problem) {
      const reason = problem instanceof Error ? problem.message : String(problem);
      const files = differences.map(({ filePath }) => filePath);
      stand({
        files,
        reason: `${listed(files)} changed on disk and the project could not be reloaded: ${reason}`,
        nextStep: 'Answers show it as it was before, and edits are refused until the files can be read.',
        unreadable: [{ filePath: old.filePath, problem: reason }],
      });
      return;
    }
    replace(reopened);
    unseen = new Set([...unseen, ...differences.map(({ filePath }) => filePath)]);
    report(reloadNotice(differences, reopened, cause));
  };

  const isKept = (force: boolean, seen: boolean): boolean =>
    (!seen || unseen.size === 0) && disk?.isDue(force || looksInAnyCase()) !== true;

  return { attend, keepUp, isKept, unreadableFiles: () => conflict?.unreadable ?? [] };
}

interface Conflict {
  readonly files: readonly string[];
  readonly reason: string;
  readonly nextStep: string;
  readonly unreadable?: readonly BrokenFile[];
}

function refused({ files, reason, nextStep }: Conflict): Error {
  return waapiErrors.fileError(`Not done: ${reason} ${nextStep}`, {
    files: [...files],
    reason: 'changed_on_disk',
  });
}

/** The files of these that hold edits; all of them while a folder was renamed or moved and not saved. */
function unsavedAmong(project: OpenedProject, files: readonly string[]): readonly string[] {
  if (project.hasMovedFolders) return files;
  const unsaved = new Set(
    project.files.filter(isFileDirty).flatMap(({ filePath, savedPath }) => [filePath, savedPath ?? filePath]),
  );
  return files.filter((path) => unsaved.has(path));
}

/** What waits for the conflict of these files to be settled; empty when nothing else changed. */
function unreadYet(differences: readonly DiskDifference[], conflicting: readonly string[]): string {
  const others = differences.filter(({ filePath }) => !conflicting.includes(filePath));
  if (others.length === 0) return '';
  return ` Until then these are not read again either, and answers show them as they were before: ${byKind(others)}.`;
}

function byKind(differences: readonly DiskDifference[]): string {
  return (['changed', 'added', 'vanished'] as const)
    .flatMap((kind) => {
      const paths = differences.filter((difference) => difference.kind === kind);
      return paths.length === 0 ? [] : [`${kind}: ${listed(paths.map(({ filePath }) => filePath))}`];
    })
    .join('; ');
}

function reloadNotice(
  differences: readonly DiskDifference[],
  reopened: OpenedProject,
  cause: string,
): string {
  const touched = new Set(differences.map(({ filePath }) => filePath));
  const broken = reopened.brokenFiles.filter(({ filePath }) => touched.has(filePath));
  const unreadable = broken.map(({ filePath, problem }) => ` ${filePath} cannot be read: ${problem}.`);
  return `The project was reloaded, because ${cause} changed it on disk (${byKind(differences)}). The undo history is cleared.${unreadable.join('')}`;
}

const others = 'others';

function listed(files: readonly string[]): string {
  const shown = files.slice(0, mostNamed).join(', ');
  return files.length <= mostNamed ? shown : `${shown} and ${files.length - mostNamed} more`;
}

const mostNamed = 20;
