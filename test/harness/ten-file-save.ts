import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { WwiseObject } from '../../src/embedded/model/model.ts';
import { openProject } from '../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../src/embedded/project/opened-project.ts';
import { writeEraProject } from './era-project.ts';

const units = ['Ambience', 'Footsteps', 'Weapons', 'Doomed'];

/** Writes a project of thirteen files below `directory`, one of them in a folder of its own; returns the path of its .wproj. */
export async function writeWideProject(directory: string): Promise<string> {
  const { projectPath } = writeEraProject(directory, 133);
  const project = await openProject(projectPath);
  const containers = found(project, '\\Containers');
  const folder = project.createPhysicalFolder(containers, 'Levels');
  for (const name of units) project.createWorkUnit(containers, name);
  project.createWorkUnit(folder, 'Forest');
  project.close();
  return projectPath;
}

/** What a save can be: changed files alone; with a renamed one; with a moved folder; with a removed one. */
/** A copy of a project, in a folder of its own below `directory`; returns the path of its .wproj. */
export function copyOf(projectPath: string, directory: string): string {
  const root = join(mkdtempSync(join(directory, 'p-')), basename(dirname(projectPath)));
  cpSync(dirname(projectPath), root, { recursive: true });
  return join(root, basename(projectPath));
}

export const savings = ['edits', 'rename', 'folder', 'delete'] as const;
export type Saving = (typeof savings)[number];

/** Edits ten files of the project, in memory, and returns what writes them. */
export async function prepareSave(project: OpenedProject, saving: Saving): Promise<() => void> {
  const paths = new Set(project.files.map(({ filePath }) => filePath));
  const objects = [...project.model.all()].filter(
    (object) => object.type === 'WorkUnit' && object.parent !== null && object.name !== 'Doomed',
  );
  await project.edit('Edit', 0, (editor) => {
    for (const object of objects) {
      if (paths.size === 0) break;
      editor.setNotes(object, `edited by ${saving}`);
    }
    if (saving === 'rename') editor.rename(found(project, '\\Containers\\Weapons'), 'Arms');
    if (saving === 'folder') editor.rename(found(project, '\\Containers\\Levels'), 'Stages');
  });
  const doomed = found(project, '\\Containers\\Doomed');
  return saving === 'delete' ? () => project.deleteWorkUnit(doomed) : () => void project.save();
}

/** Every file of the project with its content, by its path in it; not the lock of who has it open. */
export function contentsOf(projectPath: string): Record<string, string> {
  const root = dirname(projectPath);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => !name.endsWith('.lock') && statSync(join(root, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(root, name), 'latin1')]));
}

function found(project: OpenedProject, path: string): WwiseObject {
  const object = project.model.byPath(path);
  if (object === undefined) throw new Error(`no ${path}`);
  return object;
}
