import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { asJsonArray, type Json, type JsonObject } from '../../../core/json.ts';
import { logItem } from '../../instance/wwise-log.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { FunctionContext } from '../define-function.ts';
import { runGit } from './git.ts';

export interface WorkTree {
  /** Absolute, without links. */
  readonly root: string;
  /**
   * As git names it: relative to the root, with slashes. Throws ak.wwise.invalid_arguments for what is not of the project,
   * whatever else the work tree holds.
   */
  inside(file: string): string;
  /** Absolute, as it was named: a link is the link. */
  named(file: string): string;
}

/**
 * The git work tree that holds the project. Throws ak.wwise.unavailable when source control is switched off, git is not
 * installed or the project is under no version control.
 */
export async function workTreeOf({ project, instance }: FunctionContext): Promise<WorkTree> {
  if (instance.sourceControl === null) {
    throw waapiErrors.noSourceControl(
      'Source control is switched off: call ak.wwise.core.sourceControl.setProvider with provider "Git".',
    );
  }
  const projectDir = dirname(project.filePath);
  const found = await runGit(projectDir, ['rev-parse', '--show-toplevel']);
  if (!found.ok) {
    throw waapiErrors.noSourceControl(
      `${project.filePath} is not in a git work tree. Run "git init" in its folder or a folder above it. git says: ${found.trouble}`,
    );
  }
  const root = realpathSync(found.output.replace(/\r?\n$/, ''));
  const ours = [projectDir, project.originalsDir].map(withoutLinks);
  const named = (file: string): string => {
    // Relative names are taken from the Originals, as ak.wwise.core.sourceControl.getSourceFiles gives them.
    const native = sep === '/' && !isAbsolute(file) ? file.replaceAll('\\', '/') : file;
    return resolve(project.originalsDir, native);
  };
  return {
    root,
    named,
    inside(file) {
      const real = withoutLinks(named(file));
      const path = relative(root, real);
      const problem = !isBelow(root, real)
        ? `is not in the git work tree ${root}`
        : !ours.some((dir) => isBelow(dir, real))
          ? `is not in the project's folder ${projectDir}`
          : isGitOwn(path)
            ? 'belongs to git itself'
            : undefined;
      if (problem !== undefined)
        throw waapiErrors.invalidArguments(`"${file}" ${problem}.`, { argumentName: 'files', file });
      return path.split(sep).join('/');
    },
  };
}

/** Whether a path lies below a folder, and is not the folder itself. */
function isBelow(dir: string, path: string): boolean {
  const way = relative(dir, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isGitOwn(path: string): boolean {
  return path.split(sep).some((name) => name.toLowerCase() === '.git');
}

/** The files of a call, each once. Throws when there is none. */
export function namedFiles(value: Json | undefined, name = 'files'): readonly string[] {
  const files = [...new Set(asJsonArray(value).map(String))];
  if (files.length > 0) return files;
  throw waapiErrors.invalidArguments(`"${name}" names no file.`, { argumentName: name });
}

/** Runs git and gives the log of it: empty, or an Error when git refused. */
export async function gitLog(
  context: FunctionContext,
  tree: WorkTree,
  args: readonly string[],
): Promise<JsonObject[]> {
  const { ok, trouble } = await runGit(tree.root, args);
  if (ok) return [];
  context.instance.log.add('sourceControl', 'Error', trouble);
  return [logItem('Error', trouble)];
}

/** Git answers with real paths; the file itself may be gone. */
export function withoutLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(withoutLinks(parent), basename(path));
}
