import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { JsonObject } from '../../../core/json.ts';

/**
 * The rows of a tab-delimited import file as entries of ak.wwise.core.audio.import, as far as they tell what an import
 * touches: where the object is, what it plays, and what else it makes. UTF-8 or UTF-16; none for a file without such rows.
 */
export function tabDelimitedRows(file: string): readonly JsonObject[] {
  const [head = [], ...rows] = cellsOf(file);
  const columnOf = (title: RegExp): number => head.findIndex((cell) => title.test(cell));
  const columns = {
    audioFile: columnOf(/^audio ?file$/i),
    objectPath: columnOf(/^object ?path$/i),
    event: columnOf(/^(dialogue ?)?event$/i),
    switchAssignation: columnOf(/^switch ?assignation$/i),
  };
  return rows.map((cells) => {
    const present = Object.entries(columns).flatMap(([member, at]) => {
      const cell = cells[at] ?? '';
      return cell === '' ? [] : [[member, cell] as const];
    });
    const { audioFile, ...entry }: Record<string, string> = Object.fromEntries(present);
    return audioFile === undefined ? entry : { ...entry, audioFile: resolve(dirname(file), audioFile) };
  });
}

function cellsOf(file: string): readonly (readonly string[])[] {
  const bytes = readFileSync(file);
  const text = bytes
    .toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8')
    .replace(/^\uFEFF/, '');
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
}
