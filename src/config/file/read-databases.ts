import { resolve } from 'node:path';
import { isJsonObject, type Json } from '../../core/json.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import type { DatabaseEntry } from './config-file.ts';
import { memberPointer } from './problems.ts';
import { type ReportConfigProblem, readFileText, readSecretReference } from './read-setting.ts';

interface Position {
  readonly pointer: string;
  readonly dir: string;
  readonly report: ReportConfigProblem;
}

/** What an entry of `databases` may hold. */
export const databaseKeys = ['sqlite', 'postgres', 'write'] as const;

/** What a database of workflows may be called; with a workspace in front where it is that one's alone: `music/sounds`. */
export const databaseName = /^([A-Za-z0-9._-]{1,64}\/)?[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** The entries of `databases`, by name. */
export function readDatabases(value: Json, position: Position): Map<string, DatabaseEntry> {
  const databases = new Map<string, DatabaseEntry>();
  const { report } = position;
  if (!isJsonObject(value)) {
    const hint = 'Write { "sounds": { "sqlite": "sounds.db" } }.';
    report({ pointer: position.pointer, message: 'must be an object.', hint });
    return databases;
  }
  for (const [name, entry] of Object.entries(value)) {
    const pointer = memberPointer(position.pointer, name);
    if (!databaseName.test(name)) {
      const hint = 'Use letters, digits, - and _, as in sounds, or WORKSPACE/sounds for one workspace alone.';
      report({ pointer, message: 'is no name of a database.', hint });
      continue;
    }
    const read = readDatabase(entry ?? null, { ...position, pointer });
    if (read !== undefined) databases.set(name, read);
  }
  return databases;
}

function readDatabase(entry: Json, position: Position): DatabaseEntry | undefined {
  const { pointer, dir, report } = position;
  if (!isJsonObject(entry) || 'sqlite' in entry === 'postgres' in entry) {
    const hint =
      'Write { "sqlite": "sounds.db" } for a file of SQLite or { "postgres": { "env": "SOUNDS_URL" } } for PostgreSQL; "write": true lets workflows write to it.';
    return report({ pointer, message: 'must be an object with either sqlite or postgres.', hint });
  }
  for (const name of Object.keys(entry)) {
    if (databaseKeys.some((known) => known === name)) continue;
    const message = `means nothing.${didYouMean(name, databaseKeys)}`;
    report({ pointer: memberPointer(pointer, name), message, hint: `There is ${databaseKeys.join(', ')}.` });
  }
  const isWritable = entry.write === true;
  if (entry.write !== undefined && typeof entry.write !== 'boolean')
    report({
      pointer: memberPointer(pointer, 'write'),
      message: 'must be true or false.',
      hint: 'Correct it.',
    });
  if (entry.sqlite !== undefined) {
    const path = readFileText(entry.sqlite, { ...position, pointer: memberPointer(pointer, 'sqlite') });
    return path === undefined ? undefined : { pointer, isWritable, sqlite: resolve(dir, path) };
  }
  const at = { ...position, pointer: memberPointer(pointer, 'postgres') };
  // An address holds a user and mostly a password.
  const address = readSecretReference(entry.postgres ?? null, at);
  return address === undefined ? undefined : { pointer, isWritable, postgres: address };
}
