import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { didYouMean, nearest } from '../../../../core/text/nearest.ts';
import { piecesInTurns } from '../../../../core/text/pieces-in-turns.ts';
import { flatMapInTurns } from '../../../../core/turns/turns.ts';
import type { SourceInput } from './source-input.ts';

export interface CellRows {
  readonly columns: readonly string[];
  readonly rows: readonly JsonObject[];
}

/**
 * The first `most` rows of a table in text, quoted as RFC 4180 has it. Rejects with TABLE_UNREADABLE with the line where it is none,
 * COLUMN_NOT_FOUND for types of a column that is not there, QUERY_TOO_LARGE where it has very many cells.
 */
export async function cellRows(
  text: string,
  path: string,
  format: 'csv' | 'tsv',
  { delimiter, header, columns: named, types = {} }: SourceInput,
  most: number,
): Promise<CellRows> {
  const records = await recordsOf(text, path, {
    to: header ? most + 1 : most,
    max_record_size: longestRecord,
    delimiter: delimiter ?? (format === 'tsv' ? '\t' : ','),
    bom: true,
    skip_empty_lines: true,
    relax_column_count: false,
  });
  const [first, ...rest] = records;
  const columns = named ?? (header ? (first ?? []) : (first ?? []).map((_, index) => `column${index + 1}`));
  checkColumns(columns, path, first);
  for (const column of Object.keys(types))
    if (!columns.includes(column)) throw noColumn(column, columns, path);
  const body = header ? rest : records;
  let row = 0;
  const rows = await flatMapInTurns(body, (cells) => {
    row += 1;
    const at = row;
    const members = columns.map((column, index) => [
      column,
      typed(cells[index] ?? '', types[column], () => ({ path, column, row: at })),
    ]);
    return [Object.fromEntries(members)];
  });
  return { columns, rows };
}

async function recordsOf(
  text: string,
  path: string,
  options: Options,
): Promise<readonly (readonly string[])[]> {
  const records: (readonly string[])[] = [];
  let cells = 0;
  try {
    await pipeline(
      Readable.from(piecesInTurns(text)),
      parse(options),
      async (parsed: AsyncIterable<string[]>) => {
        for await (const record of parsed) {
          records.push(record);
          cells += record.length;
          if (cells > mostCells) return;
        }
      },
    );
  } catch (cause) {
    // A pipeline that its last part leaves early may reject too.
    if (cells > mostCells) throw tooManyCells(path);
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause.lines === 'number' ? cause.lines : undefined;
    throw new WwiseFlowError('TABLE_UNREADABLE', `"${path}" is no table: ${cause.message}.`, {
      hint: 'Correct the file: a cell with a quote, the delimiter or a line break in it stands in quotes, and a quote in it twice.',
      details: { path, reason: cause.code, ...(line === undefined ? {} : { line }) },
      cause,
    });
  }
  if (cells > mostCells) throw tooManyCells(path);
  return records;
}

/** In bytes. A quote that is never closed makes one record of all the rest. */
const longestRecord = 1_000_000;
const mostColumns = 10_000;
const mostCells = 5_000_000;

function tooManyCells(path: string): WwiseFlowError {
  return new WwiseFlowError('QUERY_TOO_LARGE', `"${path}" holds more than ${mostCells} cells.`, {
    hint: 'Split the file, or put the rows into a database.',
    details: { path, mostCells },
  });
}

function checkColumns(columns: readonly string[], path: string, first: readonly string[] | undefined): void {
  if (columns.length > mostColumns) throw tooManyColumns(path, columns.length);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  const isFitting = first === undefined || first.length === columns.length;
  if (twice === undefined && isFitting && !columns.includes('')) return;
  const what = !isFitting
    ? `has ${first.length} columns, and ${columns.length} are named`
    : twice === undefined || twice === ''
      ? 'has a column without a name'
      : `has two columns "${twice}"`;
  throw new WwiseFlowError('TABLE_UNREADABLE', `"${path}" ${what}.`, {
    hint: 'Name the columns in the first row, or by "columns"; say "header": false where the first row is data.',
    details: { path, columns: [...columns], line: 1 },
  });
}

function tooManyColumns(path: string, count: number): WwiseFlowError {
  return new WwiseFlowError(
    'QUERY_TOO_LARGE',
    `"${path}" has ${count} columns, and ${mostColumns} are the most.`,
    {
      hint: 'Check how its cells are separated ("delimiter"); or take out columns.',
      details: { path, columns: count, mostColumns },
    },
  );
}

function noColumn(column: string, columns: readonly string[], path: string): WwiseFlowError {
  return new WwiseFlowError(
    'COLUMN_NOT_FOUND',
    `"${path}" has no column "${column}".${didYouMean(column, columns)}`,
    {
      hint: `Its columns are: ${columns.slice(0, 50).join(', ')}.`,
      details: { path, column, candidates: nearest(column, columns) },
    },
  );
}

interface CellPosition {
  readonly path: string;
  readonly column: string;
  readonly row: number;
}

type CellType = NonNullable<SourceInput['types']>[string];

/** An empty cell of anything but a text is null. */
function typed(cell: string, type: CellType | undefined, at: () => CellPosition): Json {
  if (type === undefined || type === 'string') return cell;
  const text = cell.trim();
  if (text === '') return null;
  const value = readAs[type](text);
  if (value !== undefined) return value;
  const { path, column, row } = at();
  throw new WwiseFlowError(
    'TABLE_UNREADABLE',
    `"${cell.slice(0, 100)}" in the column "${column}" of row ${row} of "${path}" is no ${type}.`,
    { hint: 'Correct the cell, or leave the column out of "types".', details: { path, column, row } },
  );
}

const readAs: Readonly<Record<Exclude<CellType, 'string'>, (text: string) => Json | undefined>> = {
  number: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
  integer: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
  boolean: (text) => {
    if (/^(true|yes|1)$/i.test(text)) return true;
    return /^(false|no|0)$/i.test(text) ? false : undefined;
  },
  json: (text) => {
    try {
      const value: Json = JSON.parse(text);
      return value;
    } catch {
      return undefined;
    }
  },
};
