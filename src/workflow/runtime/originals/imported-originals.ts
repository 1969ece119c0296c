import { parse } from 'node:path';
import { contentHash } from '../../../core/files/content-hash.ts';
import { keyOf, listFiles, originalStem, readRecord } from './originals-record.ts';

/** Files that a run's imports put into the Originals and that are there still, byte for byte. `dir`: what the run keeps. */
export async function importedOriginals(dir: string): Promise<readonly string[]> {
  const record = readRecord(dir);
  if (record === undefined) return [];
  const before = new Set(record.files.map(keyOf));
  const hashes = new Set(Object.values(record.imported));
  const stems = new Set(Object.keys(record.imported).map((path) => parse(path).name.toLowerCase()));
  const imported: string[] = [];
  for (const file of listFiles(record.root)) {
    const couldBe = [parse(file).name.toLowerCase(), originalStem(file)].some((stem) => stems.has(stem));
    const isNew = !before.has(keyOf(file)) || record.kept[file] !== undefined;
    if (couldBe && isNew && hashes.has(await contentHash(file))) imported.push(file);
  }
  return imported;
}
