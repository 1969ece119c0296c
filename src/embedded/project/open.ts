import { dirname, join, resolve } from 'node:path';
import { type Log, silentLog } from '../../core/log.ts';
import { inTurns } from '../../core/turns.ts';
import { createEditor } from '../model/create-editor.ts';
import { createModel } from '../model/create-model.ts';
import type { ModelEditor } from '../model/editor.ts';
import type { ModelChange } from '../model/model.ts';
import { own } from '../model/own.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { languageDir } from '../model/reading/read-media.ts';
import { EditLog, revertStep } from '../model/writing/edit-log.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import type { WwuElement } from '../wwu/tree.ts';
import { createUndoHistory } from './create-undo-history.ts';
import { createDeleting } from './delete-files.ts';
import { duplicateIds } from './duplicate-ids.ts';
import { createFolders } from './folders.ts';
import { indexFiles } from './index-files.ts';
import { refuseIndispensable, refuseManaged } from './indispensable.ts';
import { removeLeftovers } from './leftovers.ts';
import { hasMoved } from './move-directories.ts';
import type { OpenProject } from './open-project.ts';
import { type Originals, originalsOnDisk } from './originals.ts';
import { readProjectFiles } from './read-files.ts';
import { isRenamed, planSave, saveFiles } from './save-files.ts';
import { type Hold, renewHold, takeHold } from './take-hold.ts';
import { createUnloading } from './unload.ts';
import { unreadableFiles } from './unreadable-files.ts';
import { refuseTakenPlace } from './work-unit-files.ts';
import { createWorkUnits } from './work-units.ts';
import { refuseReadOnlyFiles, refuseReadOnlyFolder } from './writable.ts';

export interface OpenOptions {
  readonly log?: Log;
  /** False: only to look at, never to save; a project that is open elsewhere can be opened so. Default: true. */
  readonly lock?: boolean;
  /** False: a save that was cut off is only reported, not completed or undone. Default: true, where it is locked. */
  readonly settle?: boolean;
  /** Where the Originals are read and written. Default: the folder the project names. */
  readonly originals?: Originals;
}

/**
 * Opens a project. Rejects with FILE_NOT_FOUND, FILE_UNREADABLE (a .wproj that does not parse) or WAAPI_UNAVAILABLE (open
 * in another process). Work Units that do not parse are in `brokenFiles`; the rest is usable.
 */
export async function openProject(filePath: string, options: OpenOptions = {}): Promise<OpenProject> {
  const projectPath = resolve(filePath);
  const { log = silentLog } = options;
  const hold = await takeHold(projectPath, { lock: options.lock !== false, settle: settles(options) }, log);
  try {
    return await openHeld(projectPath, options, null, hold);
  } catch (failure) {
    hold.lock?.release();
    throw failure;
  }
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
): Promise<OpenProject> {
  const log = options.log ?? silentLog;
  const openedAtMs = Date.now();
  const kept = new Map(
    former?.kept.flatMap((file) => (file.savedPath === null ? [] : [[file.savedPath, file]])),
  );
  const { head, files: read, brokenFiles, directoryOf } = await inTurns(readProjectFiles(projectPath, kept));
  let { lock } = hold;
  const originalsDir = join(dirname(projectPath), ...head.originalsFolder.split(/[\\/]/));
  if (options.lock !== false && options.settle !== false && former === null) {
    const isHierarchy = ({ path }: { readonly path: string }) => !path.includes('\\');
    removeLeftovers(
      {
        flat: [dirname(projectPath), ...head.languages.map(({ name }) => languageDir(originalsDir, name))],
        deep: head.physicalFolders.filter(isHierarchy).map(({ path }) => directoryOf(path)),
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
  const originals = options.originals ?? originalsOnDisk(originalsDir);
  const model = createModel(index, head, project, originals.dir, originals.locate);
  const edits = new EditLog(index, loadedFileOf);
  const changeListeners = new Set<(changes: readonly ModelChange[]) => void>();
  const stepListeners = new Set<(summary: string, changes: readonly ModelChange[]) => void>();
  const saveListeners = new Set<(savedFiles: readonly string[]) => void>();
  let checkEdit = (_deleted: readonly string[]): void => {};
  const undo = createUndoHistory(publish, (summary, changes) => {
    for (const listener of stepListeners) listener(summary, changes);
  });
  const { schema } = head.version;
  const parts = {
    files,
    brokenFiles,
    folders,
    fileByRoot,
    index,
    project,
    schema,
    fileOf: loadedFileOf,
    save,
    finished,
    checkDeletion: (filePaths: readonly string[]) => checkEdit(filePaths),
  };
  const workUnits = createWorkUnits(parts);
  const places = createFolders(parts);
  const deleting = createDeleting(parts);
  const plainEditor = createEditor(index, edits, model);
  const editor: ModelEditor = {
    ...plainEditor,
    rename(object, name) {
      if (object === project) throw waapiErrors.invalidArguments('The project cannot be renamed.');
      refuseManaged(own(object), 'renamed');
      if (places.find(object) !== undefined) {
        places.rename(edits, object, name);
        return;
      }
      const { file } = own(object);
      if (object.type === 'WorkUnit')
        refuseTakenPlace(files, join(dirname(file.filePath), `${name}.wwu`), file);
      plainEditor.rename(object, name);
    },
    remove(object) {
      refuseManaged(own(object), 'deleted');
      refuseIndispensable(index, project, own(object));
      plainEditor.remove(object);
    },
    move(object, newParent) {
      refuseManaged(own(object), 'moved');
      plainEditor.move(object, newParent);
    },
    copy(object, newParent, name) {
      refuseManaged(own(object), 'copied');
      return plainEditor.copy(object, newParent, name);
    },
  };
  const unloading = createUnloading({ files, fileByRoot, index, finished: () => undo.clear() });

  /** An unloaded Work Unit is not in memory: an edit of what is left of it would lose the rest. */
  function loadedFileOf(element: WwuElement): ProjectFile {
    const file = fileOf(element);
    if (file.isLoaded) return file;
    throw waapiErrors.invalidArguments(`${file.filePath} is unloaded: load its Work Unit first.`);
  }

  function save(removed: readonly ProjectFile[] = []): readonly string[] {
    const savedFiles = saveFiles({ projectPath, files, folders, removed });
    for (const listener of saveListeners) listener(savedFiles);
    return savedFiles;
  }

  /** What is on disk at once must find every folder and file in its place. */
  function settled<T>(work: () => T): T {
    checkEdit([]);
    refuseReadOnlyFolder(projectPath);
    if (folders.some(hasMoved) || files.some(isRenamed)) save();
    return work();
  }

  function finished(changes: readonly ModelChange[]): void {
    undo.clear();
    publish(changes);
  }

  function publish(changes: readonly ModelChange[]): void {
    if (changes.length > 0) for (const listener of changeListeners) listener(changes);
  }

  function close(): void {
    changeListeners.clear();
    stepListeners.clear();
    saveListeners.clear();
    lock?.release();
  }

  return {
    filePath: projectPath,
    model,
    brokenFiles,
    notices: hold.notices,
    unreadableFiles: () => unreadableFiles(files, brokenFiles, index),
    duplicateIds: () => duplicateIds(index),
    originalsDir: originals.dir,
    originals,
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
    async edit(label, sessionId, work) {
      checkEdit([]);
      refuseReadOnlyFolder(projectPath);
      try {
        const result = await work(editor);
        refuseReadOnlyFiles(edits.touchedFiles);
        const step = edits.take();
        publish(step.changes);
        undo.record(label, step, sessionId);
        return result;
      } catch (failure) {
        revertStep(edits.take());
        throw failure;
      }
    },
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
    save: () => ({ savedFiles: save() }),
    unsavedWork() {
      return edits.withoutStep(() => {
        const { entries, directories } = planSave({ projectPath, files, folders });
        return entries.length === 0 ? null : { projectPath, entries, directories };
      });
    },
    createWorkUnit: (parent, name) => settled(() => workUnits.create(parent, name)),
    copyWithFiles: (object, newParent, name) => settled(() => workUnits.copy(object, newParent, name)),
    moveWorkUnit: (workUnit, newParent) => settled(() => workUnits.move(workUnit, newParent)),
    deleteWorkUnit: (workUnit) => settled(() => deleting.workUnit(workUnit)),
    createPhysicalFolder: (parent, name) => settled(() => places.create(parent, name)),
    movePhysicalFolder: (folder, newParent) => settled(() => places.move(folder, newParent)),
    deletePhysicalFolder: (folder) => settled(() => deleting.folder(folder)),
    unloadWorkUnit: (workUnit) => unloading.unload(workUnit),
    loadWorkUnit: (workUnit) => unloading.load(workUnit),
    async reopen(keepUnsaved) {
      const unsaved = keepUnsaved ? files.filter(isFileDirty) : [];
      const again = renewHold(projectPath, lock, settles(options), log);
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
