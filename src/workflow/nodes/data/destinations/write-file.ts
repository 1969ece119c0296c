import { extname } from 'node:path';
import { WwiseFlowError } from '../../../../core/errors.ts';
import type { JsonObject } from '../../../../core/json.ts';
import type { NodeContext } from '../../node-kind.ts';
import { additionOf } from './append-rows.ts';
import type { DestinationInput } from './destination-input.ts';
import { encodeRows, type FileFormat } from './encode-rows.ts';
import type { RowsToWrite } from './rows-to-write.ts';

/** Writes rows or a text as a file, whole; or adds the rows that it does not have yet. */
export async function writeFile(
  wanted: DestinationInput,
  { rows, keys }: RowsToWrite,
  { outside, isPreview }: NodeContext,
): Promise<JsonObject> {
  const { path: given = '', mode, content, fields, delimiter, keyColumn } = wanted;
  const path = await outside.writablePath(given);
  const format = content === undefined ? formatOf(wanted, path) : undefined;
  if (isPreview) return { written: 0, path };
  if (mode === 'append') {
    const addition = additionOf({ format, path, content, rows, keys, fields, delimiter, keyColumn });
    const { sizeBytes } = await outside.appendFile(path, addition.bytes);
    return { written: addition.written(), path, sizeBytes };
  }
  const bytes =
    format === undefined
      ? Buffer.from(content ?? '', 'utf8')
      : await encodeRows(rows, format, { fields, delimiter, withHeader: true });
  const { sizeBytes, isWritten } = await outside.writeFile(path, bytes, mode);
  return { written: isWritten ? rows.length : 0, path, sizeBytes };
}

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.txt': 'tsv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};

function formatOf({ destination, mode }: DestinationInput, path: string): FileFormat {
  const byName = formats[extname(path).toLowerCase()];
  if (destination === 'file') {
    if (byName !== undefined) return byName;
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The extension of "${path}" says nothing of how rows are written.`,
      {
        hint: `Use one of ${Object.keys(formats).join(', ')}, or give a text as "content".`,
        details: { field: 'path', path },
      },
    );
  }
  if (destination === 'csv') return byName === 'tsv' ? 'tsv' : 'csv';
  if (destination === 'parquet') return 'parquet';
  return byName === 'jsonl' || mode === 'append' ? 'jsonl' : 'json';
}
