import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { contentHash } from '../../../core/files/content-hash.ts';
import { systemCode } from '../../../core/files/system-code.ts';

/** A file taken from its name, so that what is checked is what is then removed, whoever writes that name meanwhile. */
export interface SetAside {
  readonly file: string;
  /** Where its bytes are: a name beside it that nobody else knows. */
  readonly aside: string;
}

/** The name under which a file is to be set aside. */
export function asideName(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomUUID()}.wwiseflow-held`);
}

/** Whether a file lies under a name of somebody's work in progress: it is nobody's original. */
export function isWorkInProgress(file: string): boolean {
  return /\.wwiseflow-(?:held|tmp)$/.test(file);
}

/** Takes a file from its name, in one step. False when it is not there (any more). Throws what the system says. */
export function setAside({ file, aside }: SetAside): boolean {
  try {
    renameSync(file, aside);
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

/**
 * Gives a file its name back. A file that has that name by now stays: then the one that was set aside goes when its content
 * is there already or is `ours`, and otherwise stays under the name beside it, and the sentence says so. Throws what the
 * system says.
 */
export async function restoreName(
  { file, aside }: SetAside,
  ours: ReadonlySet<string>,
): Promise<string | undefined> {
  if (!existsSync(aside)) return undefined;
  if (linkOrCopy(aside, file)) {
    rmSync(aside);
    return undefined;
  }
  const content = await contentHash(aside);
  if (ours.has(content) || (existsSync(file) && (await contentHash(file)) === content)) {
    rmSync(aside);
    return undefined;
  }
  return `"${file}" was written anew while it was looked at: what it was before lies in "${aside}".`;
}

/** Puts a copy of `from` where no file is, whole or not at all. False when there is one, which then stays as it is. */
export function linkCopy(from: string, file: string): boolean {
  const whole = asideName(file);
  try {
    copyFileSync(from, whole, constants.COPYFILE_EXCL);
    return linkOrCopy(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
}

/** A second name for a file, which takes none from another. */
function linkOrCopy(from: string, file: string): boolean {
  try {
    linkSync(from, file);
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
  }
  // Some file systems know no second names.
  try {
    copyFileSync(from, file, constants.COPYFILE_EXCL);
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}
