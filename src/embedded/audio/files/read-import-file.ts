import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import type { JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import {
  largestImportFileBytes,
  plainHeader,
  type TabRow,
  tabRows,
} from '../../../core/text/tab-delimited.ts';
import { flatMapInTurns } from '../../../core/turns/turns.ts';

export interface ImportRow {
  /** As an entry of ak.wwise.core.audio.import. */
  readonly entry: JsonObject;
  /** Where the row starts, counted from 1. */
  readonly line: number;
}

export type ImportFile =
  | { readonly ok: true; readonly entries: readonly ImportRow[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a tab-delimited import file: a row of headers, then an object per row. UTF-8 or UTF-16, quotes as spreadsheets
 * write them; paths of audio files may be relative to the file; empty cells say nothing. Others get their turn meanwhile.
 */
export async function readImportFile(filePath: string): Promise<ImportFile> {
  if (!isAbsolute(filePath)) return { ok: false, problem: `"${filePath}" is not an absolute path.` };
  if (!existsSync(filePath)) return { ok: false, problem: `The import file "${filePath}" does not exist.` };
  const rows = await readRows(filePath);
  if (!rows.ok) return rows;
  const [head, ...body] = rows.rows;
  if (head === undefined) return { ok: false, problem: `The import file "${filePath}" is empty.` };
  const members: string[] = [];
  for (const header of withoutEmptyEnd(head.record)) {
    const member = memberOf(header);
    if (member === undefined) {
      const near = didYouMean(header, headerNames);
      return { ok: false, problem: `"${filePath}" has a column "${header}" that no import knows.${near}` };
    }
    members.push(member);
  }
  if (!members.includes('objectPath'))
    return { ok: false, problem: `"${filePath}" has no column "Object Path".` };
  const longer = body.find(({ record }) => withoutEmptyEnd(record).length > members.length);
  if (longer !== undefined) {
    const cell = longer.record[members.length] ?? '';
    const problem = `"${filePath}" has the cell "${cell}" in line ${longer.line}, beyond its ${members.length} columns.`;
    return { ok: false, problem };
  }
  const folder = dirname(filePath);
  const entries = await flatMapInTurns(body, ({ record, line }) => [
    { entry: entryOf(members, record, folder), line },
  ]);
  return { ok: true, entries };
}

async function readRows(
  filePath: string,
): Promise<{ ok: true; rows: readonly TabRow[] } | { ok: false; problem: string }> {
  try {
    return { ok: true, rows: await tabRows(readRegularFile(filePath, largestImportFileBytes)) };
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    return { ok: false, problem: `The import file "${filePath}" cannot be read: ${reason}.` };
  }
}

/** The headers an import file may have, beside those of properties and references, with the member of an import each is. */
export const importColumns: Readonly<Record<string, string>> = {
  'Audio File': 'audioFile',
  'Audio File Base64': 'audioFileBase64',
  'Object Path': 'objectPath',
  'Object Type': 'objectType',
  'Originals Sub Folder': 'originalsSubFolder',
  Notes: 'notes',
  'Audio Source Notes': 'audioSourceNotes',
  Event: 'event',
  'Dialogue Event': 'dialogueEvent',
  'Switch Assignation': 'switchAssignation',
  'Import Language': 'importLanguage',
};

const headerNames = [...Object.keys(importColumns), 'Property[Volume]', 'Reference[OutputBus]'];
const memberByHeader = new Map(
  Object.entries(importColumns).map(([name, member]) => [plainHeader(name), member]),
);

function memberOf(header: string): string | undefined {
  const named =
    /^\s*(?:Property|Reference)\s*\[\s*@?([^[\]@~]+?)\s*\]\s*$/i.exec(header)?.[1] ??
    /^\s*[@~]\s*([^[\]@~]+?)\s*$/.exec(header)?.[1];
  return named === undefined ? memberByHeader.get(plainHeader(header)) : `@${named}`;
}

function withoutEmptyEnd(record: readonly string[]): readonly string[] {
  return record.slice(0, record.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** Columns that may be there several times, for one each. */
const repeatable = new Set(['event', 'dialogueEvent', 'switchAssignation']);

function entryOf(members: readonly string[], record: readonly string[], folder: string): JsonObject {
  const entry: Record<string, string | string[]> = {};
  for (const [at, member] of members.entries()) {
    const cell = record[at]?.trim() ?? '';
    if (cell === '') continue;
    if (repeatable.has(member)) entry[member] = [...(entry[member] ?? []), cell];
    else entry[member] = member === 'audioFile' ? resolve(folder, cell) : cell;
  }
  return { objectPath: '', ...entry };
}
