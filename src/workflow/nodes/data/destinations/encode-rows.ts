import { stringify } from 'csv-stringify/sync';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { encodeParquet } from './encode-parquet.ts';

export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet';

export interface RowEncoding {
  /** The columns, in order. Default: the members of all rows, in the order in which they first come. */
  readonly fields: readonly string[] | undefined;
  readonly delimiter: string | undefined;
  readonly withHeader: boolean;
}

/** Rows as the bytes of a file. */
export async function encodeRows(
  rows: readonly JsonObject[],
  format: FileFormat,
  { fields, delimiter, withHeader }: RowEncoding,
): Promise<Uint8Array> {
  if (format === 'parquet') return encodeParquet(rows, fields ?? columnsOf(rows));
  if (format === 'json') return Buffer.from(`${JSON.stringify(rows, null, 2)}\n`, 'utf8');
  if (format === 'jsonl') return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'utf8');
  const columns = fields ?? columnsOf(rows);
  const cells = rows.map((row) => columns.map((column) => cellOf(row[column])));
  const all = withHeader ? [[...columns], ...cells] : cells;
  return Buffer.from(stringify(all, { delimiter: delimiter ?? (format === 'tsv' ? '\t' : ',') }), 'utf8');
}

export function columnsOf(rows: readonly JsonObject[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** Lists and objects as their JSON. */
function cellOf(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
