import { WwiseFlowError } from '../../core/errors.ts';
import type { Database } from '../../core/outside/database.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { NamedDatabases } from './named-database.ts';

/** What a node means that names none. */
const DEFAULT_DATABASE = 'default';

/**
 * The database of this name; where none is named the only one, or the one called `default`. Throws DATABASE_NOT_FOUND. Nothing is
 * connected before it is asked something.
 */
export async function databaseOf(name: string | undefined, databases: NamedDatabases): Promise<Database> {
  const [only, another] = databases;
  const wanted = name ?? (another === undefined ? only?.name : undefined) ?? DEFAULT_DATABASE;
  const found = databases.find((known) => known.name === wanted);
  if (found === undefined) throw unknownDatabase(name, databases);
  if (found.kind === 'sqlite') return (await import('./sqlite-database.ts')).sqliteDatabase(found);
  return (await import('./postgres-database.ts')).postgresDatabase(found);
}

function unknownDatabase(name: string | undefined, databases: NamedDatabases): WwiseFlowError {
  const names = databases.map((known) => known.name);
  const message =
    name === undefined
      ? `No database is named, and there ${names.length === 0 ? 'is none' : 'are several'}.`
      : `There is no database "${name}".${didYouMean(name, names)}`;
  return new WwiseFlowError('DATABASE_NOT_FOUND', message, {
    hint:
      names.length === 0
        ? 'Name one under "databases" in the configuration file, as { "sounds": { "sqlite": "sounds.db" } }, and start again.'
        : `Name one of: ${names.join(', ')}.`,
    details: { database: name ?? null, candidates: nearest(name ?? '', names) },
  });
}
