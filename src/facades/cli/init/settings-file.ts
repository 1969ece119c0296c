import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { readRegularFile, writeRegularFile } from '../../../core/files/regular-file.ts';
import type { Json, JsonObject } from '../../../core/json.ts';

/** Where an entry stands in the settings of a client. */
export interface EntrySlot {
  readonly table: string;
  readonly name: string;
}

/** Text of one format in which an entry is looked up, written and removed, with everything else as it was. */
export interface Settings {
  /** Undefined where there is none. Throws FILE_UNREADABLE for a text that is not of the format. */
  read(text: string, slot: EntrySlot, filePath: string): Json | undefined;
  write(text: string, slot: EntrySlot, entry: JsonObject, filePath: string): string;
  /** Only called for an entry that is there. */
  remove(text: string, slot: EntrySlot, filePath: string): string;
}

const byteOrderMark = '\uFEFF';

/** The text of a settings file, '' for one that is not there. Throws FILE_UNREADABLE. */
export function readSettingsFile(filePath: string): string {
  if (!existsSync(filePath)) return '';
  try {
    const text = readRegularFile(filePath, mostBytes).toString('utf8');
    return text.startsWith(byteOrderMark) ? text.slice(1) : text;
  } catch (cause) {
    throw new WwiseFlowError('FILE_UNREADABLE', `${filePath} cannot be read: ${reasonOf(cause)}.`, {
      hint: 'Nothing was written. Add by hand what --print shows.',
      details: { filePath },
      cause,
    });
  }
}

/**
 * Puts this text in the place of the file, whole or not at all, and keeps what was there beside it.
 * @returns the copy of what was there; null where nothing was
 * @throws WwiseFlowError FILE_READ_ONLY
 */
export function replaceSettingsFile(filePath: string, text: string): string | null {
  try {
    mkdirSync(dirname(filePath), { recursive: true });
    if (!existsSync(filePath)) {
      writeRegularFile(filePath, Buffer.from(text));
      return null;
    }
    // People keep such files elsewhere and link to them: the link stays.
    const real = realpathSync(filePath);
    const former = readRegularFile(real, mostBytes);
    const backup = freeName(`${filePath}${backupEnd}`);
    writeRegularFile(backup, former);
    chmodSync(backup, statSync(real).mode);
    const hasMark = former.toString('utf8', 0, 3).startsWith(byteOrderMark);
    writeWhole(real, Buffer.from(`${hasMark ? byteOrderMark : ''}${text}`));
    return backup;
  } catch (cause) {
    throw notWritten(filePath, cause);
  }
}

/** The copies that were kept of this file, the last one first. */
export function keptCopies(filePath: string): readonly KeptCopy[] {
  const start = `${basename(filePath)}${backupEnd}`;
  const names = readdirSync(dirname(filePath)).filter(
    (name) => name.startsWith(start) && /^(-\d+)?$/.test(name.slice(start.length)),
  );
  const number = (name: string): number => Number(name.slice(start.length + 1) || 1);
  return names
    .sort((a, b) => number(b) - number(a))
    .map((name) => join(dirname(filePath), name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, text: readSettingsFile(path) }));
}

export interface KeptCopy {
  readonly path: string;
  readonly text: string;
}

/** Gives the file the bytes of the copy again, which is then no longer needed, nor are the others. Throws FILE_READ_ONLY. */
export function restoreSettingsFile(filePath: string, copy: KeptCopy, others: readonly KeptCopy[]): void {
  try {
    writeWhole(realpathSync(filePath), readRegularFile(copy.path, mostBytes));
    for (const { path } of [copy, ...others]) rmSync(path);
  } catch (cause) {
    throw notWritten(filePath, cause);
  }
}

/** Deletes a file that holds nothing of others, with its copies; false for a link, which somebody made. Throws FILE_READ_ONLY. */
export function deleteSettingsFile(filePath: string, copies: readonly KeptCopy[]): boolean {
  if (lstatSync(filePath).isSymbolicLink()) return false;
  try {
    for (const { path } of [{ path: filePath }, ...copies]) rmSync(path);
    return true;
  } catch (cause) {
    throw notWritten(filePath, cause);
  }
}

function notWritten(filePath: string, cause: unknown): WwiseFlowError {
  if (cause instanceof WwiseFlowError) return cause;
  return new WwiseFlowError('FILE_READ_ONLY', `${filePath} cannot be written: ${reasonOf(cause)}.`, {
    hint: 'Nothing was changed. Add or remove the entry by hand: --print shows it.',
    details: { filePath },
    cause,
  });
}

const backupEnd = '.before-wwiseflow';

/** Settings are small; this only keeps what is none from being read. */
const mostBytes = 64 * 1024 * 1024;

function writeWhole(filePath: string, content: Buffer): void {
  const beside = freeName(`${filePath}.wwiseflow-new`);
  try {
    writeRegularFile(beside, content);
    // Some hold keys and can be read by their user only.
    chmodSync(beside, statSync(filePath).mode);
    renameSync(beside, filePath);
  } finally {
    rmSync(beside, { force: true });
  }
}

function freeName(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(name)) return name;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
