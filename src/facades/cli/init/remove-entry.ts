import { isJsonObject } from '../../../core/json.ts';
import { green, line, yellow } from '../draw/paint.ts';
import type { Print } from '../print.ts';
import type { ClientFacts } from './clients.ts';
import {
  deleteSettingsFile,
  keptCopies,
  readSettingsFile,
  replaceSettingsFile,
  restoreSettingsFile,
  type Settings,
} from './settings-file.ts';

/**
 * Takes the entry out of the client's file, and says so. Where nothing was changed since it was written, the file is again what
 * it was before, to the byte, or gone where there was none; else the rest stays as it is and a copy is kept. Exit code 0.
 * @throws WwiseFlowError FILE_UNREADABLE, FILE_READ_ONLY
 */
export function removeEntry(
  name: string,
  { title, table }: ClientFacts,
  filePath: string,
  settings: Settings,
  print: Print,
): number {
  const slot = { table, name };
  const present = readSettingsFile(filePath);
  const entry = settings.read(present, slot, filePath);
  if (entry === undefined) {
    print(line`${yellow('!')} ${title} has no entry "${name}" in ${filePath}: nothing to remove.`);
    return 0;
  }
  const isOf = (text: string, before: string): boolean => {
    const held = settings.read(text, slot, filePath);
    return isJsonObject(held) && settings.write(before, slot, held, filePath) === text;
  };
  const copies = keptCopies(filePath);
  const former = copies.find(
    ({ text }) => settings.read(text, slot, filePath) === undefined && isOf(present, text),
  );
  const isOursAlone = [present, ...copies.map(({ text }) => text)].every((text) => isOf(text, ''));
  if (former !== undefined) {
    // Copies of it with an earlier entry are no more than it, either.
    restoreSettingsFile(
      filePath,
      former,
      copies.filter(({ text }) => isOf(text, former.text)),
    );
    print(line`${green('✓')} Removed the entry "${name}" for ${title}: ${filePath} is what it was before.`);
  } else if (isOursAlone && deleteSettingsFile(filePath, copies)) {
    print(
      line`${green('✓')} Removed the entry "${name}" for ${title} with ${filePath}, which held nothing else.`,
    );
  } else {
    const backup = replaceSettingsFile(filePath, settings.remove(present, slot, filePath));
    print(line`${green('✓')} Removed the entry "${name}" for ${title} from ${filePath}.`);
    if (backup !== null) print(line`  What was there before is kept in ${backup}.`);
  }
  return 0;
}
