import { dirname, join, resolve } from 'node:path';
import { type Log, silentLog } from '../../core/log.ts';
import { atOnce, inTurns, nextTurn } from '../../core/turns/turns.ts';
import { createEditor } from '../model/create-editor.ts';
import { createModel } from '../model/create-model.ts';
import { isFileDirty, type ProjectFile } from '../model/index/project-file.ts';
import type { ModelChange } from '../model/model.ts';
import { guardLaws } from '../model/naming/guarded-laws.ts';
import { languageDir } from '../model/reading/read-media.ts';
import { areRestored } from '../model/restoring/are-restored.ts';
import { restoreSteps } from '../model/restoring/restore-steps.ts';
import { isBuiltInInput } from '../model/types/built-in-inputs.ts';
import { EditLog } from '../model/writing/edit-log.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import type { WwuElement } from '../wwu/tree.ts';
import { workAtOnce, workInSteps } from './create-work-in-steps.ts';
import { createDeleting } from './folders/delete-files.ts';
import { createFolders } from './folders/folders.ts';
import { hasMoved } from './folders/move-directories.ts';
import { findDuplicateIds } from './health/duplicate-ids.ts';
import { rememberedHealth } from './health/remembered-health.ts';
import { type Hold, renewHold, takeHold } from './lock/take-hold.ts';
import { managedEditor } from './managed-editor.ts';
import type { ChangeListener, OpenedProject } from './opened-project.ts';
import { type Originals, originalsOnDisk } from './originals/originals.ts';
import { indexFiles } from './reading/index-files.ts';
import { newerNotice, refuseNewer } from './reading/newer-schema.ts';
import { readProjectFiles } from './reading/read-files.ts';
import { unreadableFiles } from './reading/unreadable-files.ts';
import { removeLeftovers } from './saving/leftovers.ts';
import { isRenamed, planSave, saveFilesSteps } from './saving/save-files.ts';
import { refuseReadOnlyFiles, refuseReadOnlyFolder } from './saving/writable.ts';
import { refuseOutOfBounds, type WriteBounds, writeBounds } from './saving/write-bounds.ts';
import { createStepKeeper } from './undo/create-step-keeper.ts';
import { createUndoHistory } from './undo/create-undo-history.ts';
import { createUnloading } from './work-units/unload.ts';
import { createWorkUnits } from './work-units/work-units.ts';

export interface OpenOptions {
  readonly log?: Log;
  /** False: only to look at, never to save; a project that is open elsewhere can be opened so. Default: true. */
  readonly lock?: boolean;
  /** False: a save that was cut off is only reported, not completed or undone. Default: true, where it is locked. */
  readonly settle?: boolean;
  /** A project that a newer Wwise saved can be edited all the same. Default: it is open for reading. */
  readonly forceNewer?: boolean;
  /** Directories beside the project's own folder to which links in it may lead where files are written. Default: none. */
  readonly allowedDirs?: readonly string[];
  /** The same, worked out. */
  readonly bounds?: WriteBounds;
  /** Where the Originals are read and written. Default: the folder the project names. */
  readonly originals?: Originals;
}

/**
 * Opens a project. Rejects with FILE_NOT_FOUND, FILE_UNREADABLE (a .wproj that does not parse) or WAAPI_UNAVAILABLE (open
 * in another process). Work Units that do not parse are in `brokenFiles`; the rest is usable.
 */
export async function openProject(filePath: string, options: OpenOptions = {}): Promise<OpenedProject> {
  const projectPath = resolve(filePath);
  const { log = silentLog } = options;
  const bounds = boundsOf(projectPath, options);
  const hold = await takeHold(
    projectPath,
    { lock: options.lock !== false, settle: settles(options), bounds },
    log,
  );
  try {
    return await openHeld(projectPath, options, null, hold);
  } catch (failure) {
    hold.lock?.release();
    throw failure;
  }
}

function boundsOf(projectPath: string, { bounds, allowedDirs = [] }: OpenOptions): WriteBounds {
  return bounds ?? writeBounds(projectPath, allowedDirs);
}

/** Only who has the lock may complete or undo a save that was cut off. */
function settles({ lock = true, settle = true }: OpenOptions): boolean {
  return lock && settle;
}

/** What a project that is read anew takes over from the one that was open. */
interface Former {
  /** Files with unsaved edits. */
  readonly kept: readonly ProjectFile[];
}

async function openHeld(
  projectPath: string,
  options: OpenOptions,
  former: Former | null,
  hold: Hold,
): Promise<OpenedProject> {
  const log = options.log ?? silentLog;
  const openedAtMs = Date.now();
  const bounds = boundsOf(projectPath, options);
  const kept = new Map(
    former?.kept.flatMap((file) => (file.savedPath === null ? [] : [[file.savedPath, file]])),
  );
  const { head, files: read, brokenFiles, directoryOf } = await inTurns(readProjectFiles(projectPath, kept));
  let { lock } = hold;
  const originalsDir = join(dirname(projectPath), ...head.originalsFolder.split(/[\\/]/));
  if (options.lock !== false && options.settle !== false && former === null) {
    const isWithin = (directory: string): boolean => bounds.refusal(directory) === undefined;
    const isHierarchy = ({ path }: { readonly path: string }) => !path.includes('\\');
    removeLeftovers(
      {
        flat: [
          dirname(projectPath),
          ...head.languages.map(({ name }) => languageDir(originalsDir, name)).filter(isWithin),
        ],
        deep: head.physicalFolders
          .filter(isHierarchy)
          .map(({ path }) => directoryOf(path))
          .filter(isWithin),
        known: new Set(head.physicalFolders.map(({ path }) => directoryOf(path))),
      },
      log,
    );
  }
  for (const { filePath: broken, problem } of brokenFiles)
    log.warn({ filePath: broken, problem }, 'project.file.broken');

  const files: ProjectFile[] = [...read];
  const { index, project, folders, fileByRoot, fileOf } = await inTurns(
    indexFiles({ head, directoryOf }, files),
  );
  const originals = options.originals ?? originalsOnDisk(originalsDir, bounds);
  const model = createModel(index, head, project, originals.dir, originals.locate);
  const edits = new EditLog(index, loadedFileOf);
  const changeListeners = new Set<ChangeListener>();
  const stepListeners = new Set<(summary: string, changes: readonly ModelChange[]) => void>();
  const saveListeners = new Set<(savedFiles: readonly string[]) => void>();
  const atOnceListeners = new Set<(unsaved: readonly string[]) => void>();
  const keeper = createStepKeeper(index, edits);
  /** What was done on disk at once. */
  const unpublished: (readonly ModelChange[])[] = [];
  /** The log of a deletion that goes on. */
  let undecided: EditLog | null = null;
  let checkEdit: Parameters<OpenedProject['guardEdits']>[0] = () => {};
  const undo = createUndoHistory({
    log: edits,
    publish: publishSteps,
    stepped(summary, changes) {
      for (const listener of stepListeners) listener(summary, changes);
    },
  });
  const { schema } = head.version;
  const { forceNewer = false } = options;
  const newer = newerNotice(projectPath, head.version, forceNewer);
  const parts = {
    files,
    brokenFiles,
    folders,
    fileByRoot,
    index,
    project,
    schema,
    bounds,
    fileOf: loadedFileOf,
    save: () => atOnce(saveSteps()),
    saveSteps,
    finished,
    undecided(log: EditLog | null) {
      undecided = log;
    },
    checkDeletion: (filePaths: readonly string[]) => checkEdit(filePaths, []),
  };
  const workUnits = createWorkUnits(parts);
  const places = createFolders(parts);
  const deleting = createDeleting(parts);
  const plainEditor = guardLaws(createEditor(index, edits, model), model);
  const editor = managedEditor(plainEditor, { index, project, files, places, edits });
  const unloading = createUnloading({ files, fileByRoot, index, finished: () => undo.clear() });

  /** An unloaded Work Unit is not in memory: an edit of what is left of it would lose the rest. */
  function loadedFileOf(element: WwuElement): ProjectFile {
    if (isBuiltInInput(element))
      throw waapiErrors.invalidArguments('What is part of Wwise cannot be changed in a project.');
    const file = fileOf(element);
    if (file.isLoaded) return file;
    throw waapiErrors.invalidArguments(`${file.filePath} is unloaded: load its Work Unit first.`);
  }

  function* saveSteps(removed: readonly ProjectFile[] = []): Generator<void, readonly string[]> {
    const savedFiles = yield* saveFilesSteps({ projectPath, files, folders, removed, bounds });
    for (const listener of saveListeners) listener(savedFiles);
    return savedFiles;
  }

  /** What is on disk at once must find every folder and file in its place. */
  function* settled<T>(work: () => Generator<void, T>): Generator<void, T> {
    checkEdit([], []);
    keeper.giveUp();
    refuseNewer(projectPath, head.version, forceNewer);
    refuseReadOnlyFolder(projectPath);
    const unsaved = files.filter(isFileDirty).map(({ filePath }) => filePath);
    if (folders.some(hasMoved) || files.some(isRenamed)) yield* saveSteps();
    const done = yield* work();
    for (const changes of unpublished.splice(0)) yield* publishSteps(changes);
    for (const listener of atOnceListeners) listener(unsaved);
    return done;
  }

  const inSteps = workInSteps({ workUnits, places, deleting }, settled);

  function finished(changes: readonly ModelChange[]): void {
    undo.clear();
    unpublished.push(changes);
  }

  function* publishSteps(changes: readonly ModelChange[]): Generator<void, void> {
    if (changes.length > 0) for (const listener of changeListeners) yield* listener(changes);
  }

  function close(): void {
    changeListeners.clear();
    stepListeners.clear();
    saveListeners.clear();
    atOnceListeners.clear();
    lock?.release();
  }

  const edit: OpenedProject['edit'] = async (label, sessionId, work, giveWay = nextTurn) => {
    checkEdit([], []);
    refuseNewer(projectPath, head.version, forceNewer);
    refuseReadOnlyFolder(projectPath);
    try {
      const result = await work(editor);
      const touched = edits.touchedFiles.map(({ savedPath, filePath }) => savedPath ?? filePath);
      refuseOutOfBounds(bounds, touched);
      checkEdit([], touched);
      refuseReadOnlyFiles(edits.touchedFiles);
      await keeper.note(edits.step);
      const step = edits.take();
      await inTurns(publishSteps(step.changes), giveWay);
      undo.record(label, step, sessionId);
      return result;
    } catch (failure) {
      await inTurns(edits.revertSteps(edits.step), giveWay);
      edits.take();
      throw failure;
    }
  };

  return {
    filePath: projectPath,
    model,
    brokenFiles,
    notices: [...hold.notices, ...(newer === undefined ? [] : [newer])],
    forceNewer,
    unreadableFiles: () => unreadableFiles(files, brokenFiles, index),
    duplicateIds: () => findDuplicateIds(index),
    health: rememberedHealth(() => ({
      ...{ model, index, originalsDir: originals.dir },
      unseenFiles: unreadableFiles(files, brokenFiles, index).map((file) => file.filePath),
    })),
    originalsDir: originals.dir,
    originals,
    bounds,
    files,
    get isDirty() {
      return files.some(isFileDirty);
    },
    undo,
    get directories() {
      return folders.map(({ savedDirectory }) => savedDirectory);
    },
    get hasMovedFolders() {
      return folders.some(hasMoved);
    },
    openedAtMs,
    guardEdits(check) {
      checkEdit = check;
    },
    edit,
    keeping: keeper.keeping,
    restore: (kept, sessionId, giveWay) =>
      edit('Roll back', sessionId, () => inTurns(restoreSteps(kept, edits, index), giveWay), giveWay),
    areRestored: (kept, known) => inTurns(areRestored(kept, known, index)),
    onChanges(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onUndoSteps(listener) {
      stepListeners.add(listener);
      return () => stepListeners.delete(listener);
    },
    onSaved(listener) {
      saveListeners.add(listener);
      return () => saveListeners.delete(listener);
    },
    onSavedAtOnce(listener) {
      atOnceListeners.add(listener);
      return () => atOnceListeners.delete(listener);
    },
    save: () => ({ savedFiles: atOnce(saveSteps()) }),
    async saveInTurns(pause, giveWay = nextTurn) {
      let isWriting = false;
      const work = saveFilesSteps({ projectPath, files, folders, bounds }, () => {
        isWriting = true;
      });
      const savedFiles = await inTurns(work, () => (isWriting ? giveWay() : pause()));
      for (const listener of saveListeners) listener(savedFiles);
      return { savedFiles };
    },
    unsavedWork() {
      const planned = () => {
        const { entries, directories } = atOnce(planSave({ projectPath, files, folders, bounds }));
        return entries.length === 0 ? null : { projectPath, entries, directories };
      };
      return edits.withoutStep(() => (undecided === null ? planned() : undecided.withoutStep(planned)));
    },
    ...workAtOnce(inSteps),
    inSteps,
    unloadWorkUnit: (workUnit) => unloading.unload(workUnit),
    loadWorkUnit: (workUnit) => unloading.load(workUnit),
    async reopen(keepUnsaved) {
      const unsaved = keepUnsaved ? files.filter(isFileDirty) : [];
      const again = renewHold(projectPath, lock, { settle: settles(options), bounds }, log);
      const reopened = await openHeld(projectPath, options, { kept: unsaved }, again);
      // The lock is the new one's.
      lock = null;
      close();
      return reopened;
    },
    announce: (address) => lock?.announce(address),
    close,
  };
}
