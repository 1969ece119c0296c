import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import { printWwu } from '../../wwu/print.ts';
import { defaultWorkUnits, type ProjectPlan } from './default-work-units.ts';
import { projectDocument } from './project-document.ts';

export interface NewProjectOptions {
  /** Platforms to build for, by Wwise's names. Default: Windows. */
  readonly platforms?: readonly string[] | undefined;
  /** What a platform of one's own name is built for, by that name: `{ MyWindows: 'Windows' }`. Default: what its name says. */
  readonly basePlatforms?: Readonly<Record<string, string>> | undefined;
  /** Voice languages, the default one first. Default: English(US). */
  readonly languages?: readonly string[] | undefined;
}

/**
 * Creates an empty Wwise 2025.1 project at `filePath` (any path that ends in .wproj; missing folders are made):
 * the .wproj, one Default Work Unit per hierarchy, the Originals folders. GUIDs are fresh except those Wwise fixes.
 * All or nothing, and never over anything: throws INVALID_INPUT when a project or a filled hierarchy folder is there.
 */
export function createProject(filePath: string, options: NewProjectOptions = {}): void {
  const target = resolve(filePath);
  const plan = planProject(target, options);
  const units = defaultWorkUnits(plan);
  const folders = units.map((unit) => unit.folder);
  refuseConflicts(target, folders);

  const projectDir = dirname(target);
  mkdirSync(projectDir, { recursive: true });
  // Built beside its final place, then renamed: a crash leaves no half project, only a folder nobody takes for one.
  const staging = mkdtempSync(join(projectDir, '.wwiseflow-new-'));
  const placed: string[] = [];
  try {
    for (const unit of units) {
      mkdirSync(join(staging, unit.folder));
      writeFileSync(join(staging, unit.folder, `${unit.name}.wwu`), printWwu(unit.document));
    }
    writeFileSync(join(staging, basename(target)), printWwu(projectDocument(plan)));
    for (const folder of folders) {
      removeEmptyFolder(join(projectDir, folder));
      renameSync(join(staging, folder), join(projectDir, folder));
      placed.push(join(projectDir, folder));
    }
    for (const folder of ['SFX', ...plan.languages.map((language) => join('Voices', language))]) {
      mkdirSync(join(projectDir, 'Originals', folder), { recursive: true });
    }
    renameSync(join(staging, basename(target)), target);
  } catch (error) {
    for (const folder of placed) rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function planProject(target: string, options: NewProjectOptions): ProjectPlan {
  if (extname(target).toLowerCase() !== '.wproj') {
    throw refusal(
      `"${target}" does not end in .wproj.`,
      'Give the path of the project file, for example Demo/Demo.wproj.',
    );
  }
  const problem = windowsNameProblem(basename(target));
  if (problem !== undefined)
    throw refusal(
      `"${target}" is not a project name: it ${problem}.`,
      'Choose another name, like Demo/Demo.wproj.',
    );
  return {
    name: basename(target, extname(target)),
    platforms: namesOrDefault(options.platforms, 'Windows', 'platform'),
    basePlatforms: options.basePlatforms ?? {},
    languages: namesOrDefault(options.languages, 'English(US)', 'language'),
  };
}

/** Platform and language names become folder names, so they must be legal as such on Windows. */
function namesOrDefault(
  names: readonly string[] | undefined,
  fallback: string,
  what: string,
): readonly string[] {
  const chosen = names === undefined || names.length === 0 ? [fallback] : names;
  const seen = new Set<string>();
  for (const name of chosen) {
    const problem = windowsNameProblem(name.trim() === '' ? '' : name);
    if (problem !== undefined) {
      throw refusal(
        `"${name}" is not a ${what} name: it ${problem}.`,
        `Use names like ${fallback}; folders are called so too.`,
      );
    }
    if (seen.has(name.toLowerCase()))
      throw refusal(`The ${what} "${name}" is given twice.`, `Give each ${what} once.`);
    seen.add(name.toLowerCase());
  }
  return chosen;
}

function refuseConflicts(target: string, folders: readonly string[]): void {
  const projectDir = dirname(target);
  if (!existsSync(projectDir)) return;
  const present = readdirSync(projectDir);
  const project = present.find((name) => extname(name).toLowerCase() === '.wproj');
  if (project !== undefined) {
    throw refusal(
      `The folder "${projectDir}" already holds the project ${project}.`,
      'Choose an empty folder, or open the existing project with --project.',
    );
  }
  const filled = folders.find(
    (folder) => present.includes(folder) && readdirSync(join(projectDir, folder)).length > 0,
  );
  if (filled !== undefined) {
    throw refusal(
      `The folder "${join(projectDir, filled)}" is not empty, and a project would write into it.`,
      'Choose an empty folder, or move that folder away.',
    );
  }
}

function removeEmptyFolder(folder: string): void {
  if (existsSync(folder)) rmdirSync(folder);
}

function refusal(message: string, hint: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, { hint });
}
