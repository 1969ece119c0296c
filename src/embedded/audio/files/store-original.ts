import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { openRegularFile, readRegularFile } from '../../../core/files/regular-file.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import { languageDir } from '../../model/reading/read-media.ts';
import type { Originals } from '../../project/originals/originals.ts';
import { temporaryName } from '../../project/saving/leftovers.ts';
import { ImportProblem } from '../importing/import-problem.ts';
import { type StagedAudio, stemOf } from './stage-audio.ts';

export interface StoredOriginal {
  /** Relative to the language's folder, with backslashes, as an audio source names it. */
  readonly relativePath: string;
  readonly absolutePath: string;
  /** True when a file of that name with other content was overwritten. */
  readonly replaced: boolean;
}

interface OriginalPlace {
  readonly originals: Originals;
  /** `SFX` or a language of the project. */
  readonly language: string;
  readonly subFolder: string | undefined;
  /** Whether a file of the same name with other content is overwritten; otherwise the new one becomes `name_01.wav`. */
  readonly mayReplace: boolean;
}

/**
 * Puts a copy of the file into Originals\SFX or Originals\Voices\<language>. A file that lies there already is used
 * where it is; one with the same name and content is reused. The copy appears whole or not at all.
 */
export function storeOriginal(audio: StagedAudio, place: OriginalPlace): StoredOriginal {
  const root = languageDir(place.originals.dir, place.language);
  const inside = place.subFolder === undefined ? placeInside(root, audio.filePath) : undefined;
  if (inside !== undefined) {
    return {
      relativePath: inside.split(sep).join('\\'),
      absolutePath: join(root, inside),
      replaced: false,
    };
  }
  const folders = folderNames(place.subFolder ?? audio.subFolder ?? '');
  refuseName(audio.fileName, `An original "${audio.fileName}"`);
  const folder = join(root, ...folders);
  for (;;) {
    const { fileName, isPresent, isSame } = chooseName(folder, audio, place);
    const belongs = join(folder, fileName);
    const absolutePath = isSame ? place.originals.locate(belongs) : place.originals.writeTo(belongs);
    const relativePath = [...folders, fileName].join('\\');
    if (isSame) return { relativePath, absolutePath, replaced: false };
    // The copy is made in the language's folder first.
    for (const path of [root, belongs]) {
      const refusal = place.originals.refusal(path);
      if (refusal !== undefined) throw new ImportProblem(`Not imported: ${refusal}.`);
    }
    const languageFolder = place.originals.writeTo(root);
    if (copyWhole(audio.filePath, absolutePath, { languageFolder, mayReplace: isPresent }))
      return { relativePath, absolutePath, replaced: isPresent };
  }
}

/** Where a file lies below a folder, through symbolic links too; undefined for one that lies elsewhere. */
function placeInside(root: string, filePath: string): string | undefined {
  const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));
  const candidates = [relative(root, resolve(filePath)), relative(real(root), real(filePath))];
  return candidates.find((inside) => inside !== '' && !inside.startsWith('..') && !isAbsolute(inside));
}

function folderNames(subFolder: string): string[] {
  const names = subFolder.split(/[\\/]/).filter((name) => name !== '' && name !== '.');
  if (isAbsolute(subFolder) || names.includes('..')) {
    throw new ImportProblem(
      `originalsSubFolder "${subFolder}" must be a folder below Originals, for example Weapons\\Rifle.`,
    );
  }
  for (const name of names) refuseName(name, `The folder "${name}" of originalsSubFolder "${subFolder}"`);
  return names;
}

/** Projects are shared: what Windows cannot hold is not made anywhere. */
function refuseName(name: string, what: string): void {
  const problem = windowsNameProblem(name);
  if (problem === undefined) return;
  throw new ImportProblem(`${what} cannot be made on Windows: it ${problem}. Choose another name.`);
}

interface ChosenName {
  readonly fileName: string;
  readonly isPresent: boolean;
  readonly isSame: boolean;
}

function chooseName(folder: string, audio: StagedAudio, place: OriginalPlace): ChosenName {
  const { originals, mayReplace } = place;
  const names = originals.names(folder);
  const extension = extname(audio.fileName);
  for (let number = 0; ; number++) {
    const suffix = number === 0 ? '' : `_${String(number).padStart(2, '0')}`;
    const wanted = `${stemOf(audio.fileName)}${suffix}${extension}`;
    const fileName = names.get(wanted.toLowerCase());
    if (fileName === undefined) return { fileName: wanted, isPresent: false, isSame: false };
    const present = originals.locate(join(folder, fileName));
    // Another program may have taken it away since the folder was read.
    if (!existsSync(present)) return { fileName, isPresent: false, isSame: false };
    if (!statSync(present).isFile())
      throw new ImportProblem(`"${present}" is in the way of the original, and is no file.`);
    const isSame = haveSameContent(audio.filePath, present);
    if (isSame || mayReplace) return { fileName, isPresent: true, isSame };
  }
}

function haveSameContent(one: string, other: string): boolean {
  const size = statSync(other, { throwIfNoEntry: false })?.size;
  if (statSync(one).size !== size) return false;
  const files = [openRegularFile(one), openRegularFile(other)] as const;
  try {
    const blocks = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)] as const;
    for (;;) {
      const read = readSync(files[0], blocks[0]);
      if (read !== readSync(files[1], blocks[1])) return false;
      if (read === 0) return true;
      if (!blocks[0].subarray(0, read).equals(blocks[1].subarray(0, read))) return false;
    }
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Up to this size reading and writing takes less time than asking the system for a copy. */
const readAtOnceBytes = 1024 * 1024;

/**
 * Written into the language's folder first: a copy that is killed leaves its rest where the next one to open the project
 * looks. False when it may replace no file and another program put one there meanwhile.
 */
function copyWhole(
  from: string,
  to: string,
  { languageFolder, mayReplace }: { readonly languageFolder: string; readonly mayReplace: boolean },
): boolean {
  const temporary = join(languageFolder, temporaryName(to));
  try {
    mkdirSync(dirname(to), { recursive: true });
    if (statSync(from).size <= readAtOnceBytes) writeFileSync(temporary, readRegularFile(from));
    else copyFileSync(from, temporary);
    if (mayReplace) renameSync(temporary, to);
    else if (!placeNew(temporary, to)) return false;
    return true;
  } catch (error) {
    throw new ImportProblem(
      `"${to}" cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A second name takes nobody's; where the file system knows none, a plain copy that takes none either. */
function placeNew(temporary: string, to: string): boolean {
  try {
    linkSync(temporary, to);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
  }
  try {
    copyFileSync(temporary, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return systemCode(error) === 'EEXIST';
}
