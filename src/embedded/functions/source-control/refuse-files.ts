import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isFileDirty, type ProjectFile } from '../../model/index/project-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { FunctionContext } from '../define-function.ts';
import { runGit } from './git.ts';
import { type WorkTree, withoutLinks } from './work-tree.ts';

/** Throws when one of the files is held in memory: what git does to it on disk would be lost, or lose the changes here. */
export function refuseLoaded(context: FunctionContext, tree: WorkTree, files: readonly string[]): void {
  const held = loadedOf(context, tree, files).map(({ named }) => named);
  if (held.length === 0) return;
  throw waapiErrors.invalidArguments(
    `${quoted(held)}: open in this instance. Close the project, or unload the Work Unit, first.`,
    { argumentName: 'files', files: held },
  );
}

/**
 * Gives whether some of the files are held in memory, none of them with anything that reading them again would lose. Throws
 * where one has unsaved edits, was never committed (git would delete it) or belongs to an undo group that is open.
 */
export async function holdsLoadedClean(
  context: FunctionContext,
  tree: WorkTree,
  files: readonly string[],
): Promise<boolean> {
  const held = loadedOf(context, tree, files);
  if (held.length === 0) return false;
  const { project } = context;
  const refuse = (those: readonly { readonly named: string }[], why: string): void => {
    const names = those.map(({ named }) => named);
    if (names.length === 0) return;
    throw waapiErrors.invalidArguments(
      `Nothing was reverted: ${quoted(names)}: open in this instance, ${why}`,
      {
        argumentName: 'files',
        files: names,
      },
    );
  };
  refuse(
    held.filter(({ file }) => project.hasMovedFolders || isFileDirty(file)),
    'with unsaved edits. Save or undo them first, or give them up with project_reload and discardUnsaved.',
  );
  if (project.undo.isGroupOpen)
    refuse(
      held,
      'and an undo group is open, as during a run: end it first, since reading them again forgets it.',
    );
  const paths = held.map(({ path }) => path);
  const committed = await runGit(tree.root, ['ls-tree', '-r', '-z', '--name-only', 'HEAD', '--', ...paths]);
  const known = new Set(committed.output.split('\0'));
  refuse(
    held.filter(({ path }) => !known.has(path)),
    'and never committed, so that git would delete it. Delete the Work Unit with delete_object if that is meant.',
  );
  return true;
}

/**
 * Throws for a folder, also one that only git still knows: what is in it, nobody named. Throws for a link: the file that it
 * leads to was not named either.
 */
export async function refuseFoldersAndLinks(
  tree: WorkTree,
  files: readonly string[],
  argumentName = 'files',
): Promise<void> {
  for (const file of files) {
    const path = tree.inside(file);
    const real = join(tree.root, path);
    const problem = lstatSync(tree.named(file), { throwIfNoEntry: false })?.isSymbolicLink()
      ? `is a link to "${real}": name the file itself`
      : (await isFolder(tree, path))
        ? 'is a folder: name its files'
        : undefined;
    if (problem !== undefined)
      throw waapiErrors.invalidArguments(`"${file}" ${problem}.`, { argumentName, file });
  }
}

async function isFolder(tree: WorkTree, path: string): Promise<boolean> {
  const stats = statSync(join(tree.root, path), { throwIfNoEntry: false });
  if (stats !== undefined) return stats.isDirectory();
  const below = await runGit(tree.root, ['ls-files', '-z', '--', path]);
  return below.output.split('\0').some((known) => known !== '' && known !== path);
}

function loadedOf(
  { project }: FunctionContext,
  tree: WorkTree,
  files: readonly string[],
): readonly { readonly named: string; readonly path: string; readonly file: ProjectFile }[] {
  const loaded = new Map<string, ProjectFile>();
  for (const file of project.files) {
    if (!file.isLoaded) continue;
    loaded.set(withoutLinks(file.filePath), file);
    if (file.savedPath !== null) loaded.set(withoutLinks(file.savedPath), file);
  }
  return files.flatMap((named) => {
    const path = tree.inside(named);
    const file = loaded.get(join(tree.root, path));
    return file === undefined ? [] : [{ named, path, file }];
  });
}

function quoted(files: readonly string[]): string {
  return files.map((file) => `"${file}"`).join(', ');
}
