import type { Json, JsonObject } from '../json.ts';

/** A database of the configuration. Everything here rejects with a WwiseFlowError. */
export interface Database {
  readonly name: string;
  readonly kind: 'sqlite' | 'postgres';
  /**
   * Rows of a query that changes nothing; `$1` stands for the first parameter. INVALID_QUERY for anything else, TABLE_NOT_FOUND,
   * COLUMN_NOT_FOUND, QUERY_TOO_LARGE beyond `mostRows`, TIMEOUT, DATABASE_UNAVAILABLE, CANCELLED.
   */
  query(text: string, parameters: readonly Json[], limits: QueryLimits): Promise<readonly JsonObject[]>;
  /** Rows of a table, the same errors; names are looked up before anything is asked. */
  read(read: TableRead, limits: QueryLimits): Promise<readonly JsonObject[]>;
  /**
   * Writes the rows whose keys were not written before, all or none. Where `createTable` is set a table that is not there is made.
   * NOT_PERMITTED for a database that may only be read.
   */
  insert(insertion: Insertion): Promise<InsertedRows>;
}

export interface QueryLimits {
  readonly mostRows: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

export interface TableRead {
  readonly table: string;
  /** Columns; undefined: all. */
  readonly fields: readonly string[] | undefined;
  /** Values that columns must have. */
  readonly where: JsonObject;
  /** A column; with `-` in front from the highest down. */
  readonly orderBy: string | undefined;
  readonly limit: number | undefined;
}

export interface Insertion {
  readonly table: string;
  readonly rows: readonly KeyedRow[];
  readonly createTable: boolean;
  readonly timeoutMs: number;
}

export interface KeyedRow {
  /** Names the row for good: the same key is written once. */
  readonly key: string;
  readonly values: JsonObject;
}

export interface InsertedRows {
  readonly written: number;
  /** Of each row its `id` in the table, or its key where the table has no such column. */
  readonly ids: readonly Json[];
}
