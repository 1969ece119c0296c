import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';

/** The Work Unit files below the folder of a project, by their paths in it with slashes; links are not followed. */
export async function workUnitsBelow(projectDir: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await readdir(join(projectDir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !passedOver.has(path)) open.push(path);
      if (entry.isFile() && entry.name.toLowerCase().endsWith('.wwu')) found.push(path);
    }
  }
  return found.sort();
}

/** Large folders in which no Work Unit lies. */
const passedOver: ReadonlySet<string> = new Set(['Originals', '.cache', '.git', 'GeneratedSoundBanks']);

/** What is in one of them, as far as an answer may be long. */
export function workUnitXml(projectDir: string, file: string): string {
  try {
    return readRegularFile(join(projectDir, file), mostBytes).toString('utf8');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WwiseFlowError('FILE_UNREADABLE', `The Work Unit file "${file}" cannot be given: ${reason}`, {
      hint: 'Read its objects instead: wwiseflow://tree/ and wwiseflow://objects/ with their paths.',
      details: { file },
    });
  }
}

const mostBytes = 4 * 1024 * 1024;
