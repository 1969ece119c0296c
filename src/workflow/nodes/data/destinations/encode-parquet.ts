import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';

type ColumnType = 'BOOLEAN' | 'INT32' | 'DOUBLE' | 'STRING' | 'JSON';

/** Rows as a Parquet file; a column of several kinds of value holds texts. Throws PACKAGE_MISSING without the package that writes it. */
export async function encodeParquet(
  rows: readonly JsonObject[],
  columns: readonly string[],
): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await writer();
  const columnData = columns.map((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const type = typeOf(values);
    return { name, type, nullable: true, data: values.map((value) => written(value, type)) };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function typeOf(values: readonly Json[]): ColumnType {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size !== 1) return 'STRING';
  if (kinds.has('boolean')) return 'BOOLEAN';
  if (kinds.has('object')) return 'JSON';
  if (!kinds.has('number')) return 'STRING';
  return values.every((value) => value === null || (typeof value === 'number' && (value | 0) === value))
    ? 'INT32'
    : 'DOUBLE';
}

function written(value: Json, type: ColumnType): Json {
  if (value === null || type !== 'STRING' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function writer(): Promise<typeof import('hyparquet-writer')> {
  try {
    return await import('hyparquet-writer');
  } catch (cause) {
    throw new WwiseFlowError(
      'PACKAGE_MISSING',
      'Parquet needs the package "hyparquet-writer", which is not installed.',
      {
        hint: 'Install it beside WwiseFlow: npm install hyparquet-writer (with -g where WwiseFlow is), and start again.',
        details: { package: 'hyparquet-writer' },
        cause,
      },
    );
  }
}
