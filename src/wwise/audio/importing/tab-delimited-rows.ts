import { dirname, resolve } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import type { JsonObject } from '../../../core/json.ts';
import { largestImportFileBytes, plainHeader, tabRows } from '../../../core/text/tab-delimited.ts';
import { flatMapInTurns } from '../../../core/turns/turns.ts';

/**
 * The rows of a tab-delimited import file as entries of ak.wwise.core.audio.import: where the object is, what it plays, what else
 * it makes, and `@Volume` for a column such as Property[Volume]. What another column means is not reported. None for a file that is
 * not there or cannot be read.
 */
export async function tabDelimitedRows(file: string): Promise<readonly JsonObject[]> {
  const [head = [], ...rows] = await cellsOf(file);
  const members = head.map(memberOf);
  return flatMapInTurns(rows, (cells) => {
    const given = members.flatMap((member, at): readonly (readonly [string, string])[] => {
      const cell = cells[at]?.trim() ?? '';
      return member === undefined || cell === '' ? [] : [[member, cell]];
    });
    const { audioFile, ...entry }: Record<string, string> = Object.fromEntries(given);
    return [audioFile === undefined ? entry : { ...entry, audioFile: resolve(dirname(file), audioFile) }];
  });
}

async function cellsOf(file: string): Promise<readonly (readonly string[])[]> {
  try {
    return (await tabRows(readRegularFile(file, largestImportFileBytes))).map(({ record }) => record);
  } catch {
    return [];
  }
}

function memberOf(header: string): string | undefined {
  const named =
    /^\s*(?:Property|Reference)\s*\[\s*@?([^[\]@~]+?)\s*\]\s*$/i.exec(header)?.[1] ??
    /^\s*[@~]\s*([^[\]@~]+?)\s*$/.exec(header)?.[1];
  return named === undefined ? columns[plainHeader(header)] : `@${named}`;
}

const columns: Readonly<Record<string, string>> = {
  audiofile: 'audioFile',
  originalssubfolder: 'originalsSubFolder',
  objectpath: 'objectPath',
  event: 'event',
  dialogueevent: 'event',
  switchassignation: 'switchAssignation',
  notes: 'notes',
  audiosourcenotes: 'audioSourceNotes',
};
