import { extname } from 'node:path';
import { WwiseFlowError } from '../../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { decodedText } from '../../../../core/text/tab-delimited.ts';
import type { NodeContext } from '../../node-kind.ts';
import { cellRows } from './cell-rows.ts';
import { readJsonText } from './read-json-text.ts';
import { MOST_ROWS, type SourceInput, type TableFormat, tableFormats } from './source-input.ts';

/** What a file holds: rows, or the object that a JSON file is. */
export async function fileSource(
  wanted: SourceInput & { readonly path?: string | undefined },
  { outside }: NodeContext,
): Promise<JsonObject> {
  const { path, bytes } = await outside.readFile(wanted.path ?? '');
  const format = wanted.format ?? formatOf(path);
  const text = textOf(path, bytes);
  const limit = wanted.limit ?? MOST_ROWS + 1;
  const read =
    format === 'csv' || format === 'tsv' ? await cellRows(text, path, format, wanted, limit) : undefined;
  const value: Json = read?.rows ?? (await readJsonText(text, path, format, wanted.list));
  if (!Array.isArray(value)) return isJsonObject(value) ? value : { value };
  if (wanted.limit === undefined && value.length > MOST_ROWS) throw tooManyRows(path);
  const items: readonly Json[] = value.slice(0, limit);
  return {
    items,
    count: items.length,
    file: path,
    ...(read === undefined ? {} : { columns: read.columns }),
  };
}

function formatOf(path: string): TableFormat {
  const extension = extname(path).toLowerCase().slice(1);
  const known = tableFormats.find((format) => format === extension);
  if (known !== undefined) return known;
  if (extension === 'txt') return 'tsv';
  if (extension === 'ndjson') return 'jsonl';
  throw new WwiseFlowError('INVALID_INPUT', `The extension of "${path}" says nothing of how it is written.`, {
    hint: `Say "format": one of ${tableFormats.join(', ')}.`,
    details: { field: 'format', path },
  });
}

function textOf(path: string, bytes: Buffer): string {
  try {
    return decodedText(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('TABLE_UNREADABLE', `"${path}" cannot be read as text: ${reason}.`, {
      hint: 'Save it as UTF-8.',
      details: { path },
      cause,
    });
  }
}

function tooManyRows(path: string): WwiseFlowError {
  return new WwiseFlowError('QUERY_TOO_LARGE', `"${path}" holds more than ${MOST_ROWS} rows.`, {
    hint: 'Say "limit", split the file, or put the rows into a database.',
    details: { path, mostRows: MOST_ROWS },
  });
}
