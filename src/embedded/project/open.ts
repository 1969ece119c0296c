import { dirname, join, resolve } from 'node:path';
import { type Log, silentLog } from '../../base/log.ts';
import { createEditor } from '../model/create-editor.ts';
import { createModel, own } from '../model/create-model.ts';
import { EditLog, revertStep } from '../model/edit-log.ts';
import type { ModelChange } from '../model/model.ts';
import { ObjectIndex } from '../model/object-index.ts';
import { hangInFolder, linkPhysicalFolders, unhangFromFolder } from '../model/physical-folders.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { removeObject } from '../model/remove-object.ts';
import type { WwuElement } from '../wwu/tree.ts';
import { createUndoHistory } from './create-undo-history.ts';
import { lockProject } from './lock.ts';
import type { OpenProject } from './open-project.ts';
import { readProjectFiles } from './read-files.ts';
import { saveFiles } from './save-files.ts';
import { deleteWorkUnitFile, newWorkUnitFile } from './work-unit-files.ts';

/**
 * Opens a project. Rejects with FILE_NOT_FOUND, FILE_UNREADABLE (a .wproj that does not parse) or WAAPI_UNAVAILABLE (open
 * in another process). Work Units that do not parse are in `brokenFiles`; the rest is usable.
 */
export async function openProject(
  filePath: string,
  options: { readonly log?: Log } = {},
): Promise<OpenProject> {
  const log = options.log ?? silentLog;
  const projectPath = resolve(filePath);
  const { head, files: read, brokenFiles, directoryOf } = readProjectFiles(projectPath);
  const unlock = lockProject(projectPath);
  for (const { filePath: broken, problem } of brokenFiles)
    log.warn({ filePath: broken, problem }, 'project.file.broken');

  const files: ProjectFile[] = [...read];
  const fileByRoot = new Map<WwuElement, ProjectFile>(files.map((file) => [file.document.root, file]));
  const index = new ObjectIndex(fileOf);
  for (const file of files) index.attach(file.document.root);
  const projectNode = index.nodeOf(head.project);
  if (projectNode === undefined) throw new TypeError('the project element has no GUID');
  const folders = linkPhysicalFolders(index, projectNode, head, files, directoryOf);
  const originalsDir = join(dirname(projectPath), ...head.originalsFolder.split(/[\\/]/));
  const model = createModel(index, head, projectNode, originalsDir);
  const edits = new EditLog(index, fileOf);
  const editor = createEditor(index, edits, model);
  const changeListeners = new Set<(changes: readonly ModelChange[]) => void>();
  const saveListeners = new Set<(savedFiles: readonly string[]) => void>();
  const undo = createUndoHistory(publish);

  function fileOf(element: WwuElement): ProjectFile {
    let root = element;
    while (root.parent !== null) root = root.parent;
    const file = fileByRoot.get(root);
    if (file === undefined) throw new TypeError(`<${element.name}> is in no file of the project`);
    return file;
  }

  function publish(changes: readonly ModelChange[]): void {
    if (changes.length > 0) for (const listener of changeListeners) listener(changes);
  }

  return {
    filePath: projectPath,
    model,
    brokenFiles,
    originalsDir,
    get isDirty() {
      return files.some(isFileDirty);
    },
    undo,
    async edit(label, _sessionId, work) {
      try {
        const result = await work(editor);
        const step = edits.take();
        undo.record(label, step);
        publish(step.changes);
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
    onSaved(listener) {
      saveListeners.add(listener);
      return () => saveListeners.delete(listener);
    },
    save() {
      const savedFiles = saveFiles(files);
      for (const listener of saveListeners) listener(savedFiles);
      return { savedFiles };
    },
    createWorkUnit(folder, name) {
      const place = folders.find(({ node }) => node === folder);
      if (place === undefined) throw new TypeError(`"${folder.name}" is not a physical folder`);
      const siblings = files.filter((file) => dirname(file.filePath) === place.directory);
      const file = newWorkUnitFile(place.directory, name, head.version, model.path(folder), siblings);
      fileByRoot.set(file.document.root, file);
      saveFiles([file]);
      files.push(file);
      index.attach(file.document.root);
      const made = file.document.root.children[0]?.children[0];
      const node = made === undefined ? undefined : index.nodeOf(made);
      if (node === undefined) throw new TypeError('the new Work Unit did not become an object');
      hangInFolder(node, own(folder));
      undo.clear();
      publish([
        { kind: 'created', object: node },
        { kind: 'childAdded', parent: folder, child: node },
      ]);
      return node;
    },
    deleteWorkUnit(workUnit) {
      const node = own(workUnit);
      const { file, parent } = node;
      // The references go with the objects; then the file. What other files lose by it is written at the next save.
      removeObject(edits, index, node);
      const { changes } = edits.take();
      index.detach(file.document.root);
      files.splice(files.indexOf(file), 1);
      fileByRoot.delete(file.document.root);
      if (parent !== null) unhangFromFolder(node, parent);
      deleteWorkUnitFile(file);
      undo.clear();
      publish(changes);
    },
    close() {
      changeListeners.clear();
      saveListeners.clear();
      unlock();
    },
  };
}
