import { WwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { TableRead } from '../../core/outside/database.ts';
import { knownColumn, quoted } from './sql-names.ts';

/** What stands in SQL and is no code: texts, names, comments. One that is never closed goes to the end: it is looked for once. */
const notCode = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)/g;

/**
 * Refuses what does not begin as a query does, or is several. It is a help for authors: that nothing is changed is left to the
 * database. Throws INVALID_QUERY.
 */
export function checkReads(text: string): void {
  const code = text.replaceAll(notCode, (part) => (part.startsWith("'") || part.startsWith('"') ? 'x' : ' '));
  const [statement = '', ...rest] = code.split(';');
  const [word = ''] = /^[\s(]*(\w*)/.exec(statement)?.slice(1) ?? [];
  if (!/^(select|with|values)$/i.test(word))
    throw refused(`A query begins with SELECT, WITH or VALUES, not with "${word.slice(0, 40)}".`);
  if (rest.some((part) => part.trim() !== ''))
    throw refused('A query is one statement, and this is several.');
}

function refused(message: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_QUERY', message, {
    hint: 'An input only reads: write one SELECT. Rows are written by an output with destination "database".',
  });
}

const placeholders = new RegExp(`${notCode.source}|\\$(\\d{1,3})\\b|;`, 'g');

/** The query with its parameters as a dialect writes them, and without the semicolon at its end. */
export function withParameters(text: string, written: (index: number) => string): string {
  return text.replaceAll(placeholders, (part, index: string | undefined) => {
    if (index !== undefined) return written(Number(index));
    return part === ';' ? ' ' : part;
  });
}

/** SQL that reads a table, with its parameters. Throws COLUMN_NOT_FOUND. */
export function tableQuery(
  read: TableRead,
  columns: readonly string[],
  most: number,
): { readonly text: string; readonly parameters: readonly Json[] } {
  const { table, fields, where, orderBy, limit } = read;
  const column = (name: string): string => quotedColumn(knownColumn(name, columns, table));
  const parameters: Json[] = [];
  const conditions = Object.entries(where).map(([name, value]) => {
    if (value === null || value === undefined) return `${column(name)} IS NULL`;
    parameters.push(value);
    return `${column(name)} = $${parameters.length}`;
  });
  const parts = [
    `SELECT ${fields === undefined ? '*' : fields.map(column).join(', ')} FROM ${quoted(table)}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${ordered(orderBy, column)}`]),
    `LIMIT ${Math.min(limit ?? most, most)}`,
  ];
  return { text: parts.join(' '), parameters };
}

/** A column may have a dot in its name. */
function quotedColumn(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function ordered(orderBy: string, column: (name: string) => string): string {
  return orderBy.startsWith('-') ? `${column(orderBy.slice(1))} DESC` : column(orderBy);
}
