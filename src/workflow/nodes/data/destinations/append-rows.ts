import { parse } from 'csv-parse/sync';
import { WwiseFlowError } from '../../../../core/errors.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { columnsOf, encodeRows, type FileFormat } from './encode-rows.ts';

interface Appending {
  /** Undefined: `content` is added. */
  readonly format: FileFormat | undefined;
  readonly path: string;
  readonly content: string | undefined;
  readonly rows: readonly JsonObject[];
  readonly keys: readonly string[];
  readonly fields: readonly string[] | undefined;
  readonly delimiter: string | undefined;
  readonly keyColumn: string;
}

/** What of rows is added to a file: those whose keys it does not hold. */
export function additionOf(appending: Appending): {
  readonly bytes: (present: Uint8Array | undefined) => Promise<Uint8Array>;
  /** How many were added. */
  readonly written: () => number;
} {
  const { format, path } = appending;
  if (format !== 'csv' && format !== 'tsv' && format !== 'jsonl') throw cannotGrow(path, format);
  let written = 0;
  return {
    written: () => written,
    bytes: async (present) => {
      const text = present === undefined ? '' : Buffer.from(present).toString('utf8');
      const there = presentRows(text, format, appending);
      const missing = appending.rows.flatMap((row, index) => {
        const key = appending.keys[index] ?? '';
        return there.keys.has(key) ? [] : [{ ...row, [appending.keyColumn]: key }];
      });
      written = missing.length;
      if (missing.length === 0) return new Uint8Array();
      const columns = there.columns ?? [
        ...(appending.fields ?? columnsOf(appending.rows)),
        appending.keyColumn,
      ];
      if (format !== 'jsonl') checkColumns(missing, columns, path);
      const added = await encodeRows(missing, format, {
        fields: columns,
        delimiter: appending.delimiter,
        withHeader: there.columns === undefined,
      });
      const isOpen = text !== '' && !text.endsWith('\n');
      return isOpen ? Buffer.concat([Buffer.from('\n'), added]) : added;
    },
  };
}

interface PresentRows {
  /** Undefined: there is no header yet. */
  readonly columns: readonly string[] | undefined;
  readonly keys: ReadonlySet<string>;
}

function presentRows(
  text: string,
  format: FileFormat,
  { path, keyColumn, delimiter }: Appending,
): PresentRows {
  if (text.trim() === '') return { columns: undefined, keys: new Set() };
  if (format === 'jsonl') return { columns: undefined, keys: new Set(keysOfLines(text, keyColumn)) };
  const [columns = [], ...records] = recordsOf(text, delimiter ?? (format === 'tsv' ? '\t' : ','), path);
  const at = columns.indexOf(keyColumn);
  if (at < 0) throw noKeyColumn(path, keyColumn, columns);
  return { columns, keys: new Set(records.map((record) => record[at] ?? '')) };
}

function recordsOf(text: string, delimiter: string, path: string): readonly (readonly string[])[] {
  try {
    return parse(text, { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (cause) {
    throw new WwiseFlowError('TABLE_UNREADABLE', `"${path}" is no table to add to.`, {
      hint: 'Correct the file, or write to another one.',
      details: { path },
      cause,
    });
  }
}

/** A line that somebody else wrote is none of ours, whatever it is. */
function keysOfLines(text: string, keyColumn: string): readonly string[] {
  const marker = `${JSON.stringify(keyColumn)}:`;
  return text.split('\n').flatMap((line) => {
    const at = line.lastIndexOf(marker);
    const [, key] = at < 0 ? [] : (/^("(?:[^"\\]|\\.)*")/.exec(line.slice(at + marker.length)) ?? []);
    return key === undefined ? [] : [String(JSON.parse(key))];
  });
}

function checkColumns(rows: readonly JsonObject[], columns: readonly string[], path: string): void {
  const missing = columnsOf(rows).find((column) => !columns.includes(column));
  if (missing === undefined) return;
  throw new WwiseFlowError('COLUMN_NOT_FOUND', `"${path}" has no column "${missing}" to write to.`, {
    hint: `Its columns are: ${columns.slice(0, 50).join(', ')}. Say "fields", or write to another file.`,
    details: { path, column: missing },
  });
}

function noKeyColumn(path: string, keyColumn: string, columns: readonly string[]): WwiseFlowError {
  return new WwiseFlowError(
    'COLUMN_NOT_FOUND',
    `"${path}" has no column "${keyColumn}", by which rows are known that were added.`,
    {
      hint: 'Add that column to its header, name another one as "keyColumn", or write to another file.',
      details: { path, column: keyColumn, columns: [...columns] },
    },
  );
}

function cannotGrow(path: string, format: FileFormat | undefined): WwiseFlowError {
  const what = format === undefined ? 'A text' : `A file of the format ${format}`;
  return new WwiseFlowError('INVALID_INPUT', `${what} cannot be added to: "${path}".`, {
    hint: 'Add rows to a .csv, .tsv or .jsonl file; or write the whole with mode "replace".',
    details: { field: 'mode', path },
  });
}
