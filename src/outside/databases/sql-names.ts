import { WwiseFlowError } from '../../core/errors.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';

/** A name as SQL quotes it; `schema.table` is two. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

/** The name as the database has it: the same, or the only one that differs in case alone. Throws TABLE_NOT_FOUND. */
export function knownTable(table: string, tables: readonly string[], database: string): string {
  const found = known(table, tables);
  if (found !== undefined) return found;
  throw new WwiseFlowError(
    'TABLE_NOT_FOUND',
    `The database "${database}" has no table "${table}".${didYouMean(table, tables)}`,
    {
      hint:
        tables.length === 0
          ? 'It has no tables at all: is it the right database?'
          : `Its tables are: ${tables.slice(0, 20).join(', ')}${tables.length > 20 ? ', ...' : ''}.`,
      details: { database, table, candidates: nearest(table, tables) },
    },
  );
}

/** The same for a column. Throws COLUMN_NOT_FOUND. */
export function knownColumn(column: string, columns: readonly string[], table: string): string {
  const found = known(column, columns);
  if (found !== undefined) return found;
  throw new WwiseFlowError(
    'COLUMN_NOT_FOUND',
    `The table "${table}" has no column "${column}".${didYouMean(column, columns)}`,
    {
      hint: `Its columns are: ${columns.slice(0, 50).join(', ')}.`,
      details: { table, column, candidates: nearest(column, columns) },
    },
  );
}

function known(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const [same, another] = names.filter((one) => one.toLowerCase() === name.toLowerCase());
  return another === undefined ? same : undefined;
}
