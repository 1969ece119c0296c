import type { Json } from '../../core/json.ts';
import type { KeyedRow } from '../../core/outside/database.ts';

export type ColumnKind = 'text' | 'number' | 'integer' | 'boolean' | 'json';

/** The columns of a table for these rows, as SQL: every member of any row, by the kind of its values. */
export function columnsToMake(
  rows: readonly KeyedRow[],
  types: Readonly<Record<ColumnKind, string>>,
): readonly string[] {
  const kinds = new Map<string, ColumnKind | undefined>();
  for (const { values } of rows)
    for (const [name, value] of Object.entries(values))
      kinds.set(name, together(kinds.get(name), kindOf(value)));
  return [...kinds].map(([name, kind]) => `"${name.replaceAll('"', '""')}" ${types[kind ?? 'text']}`);
}

function kindOf(value: Json | undefined): ColumnKind | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object') return 'json';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  return 'text';
}

function together(one: ColumnKind | undefined, other: ColumnKind | undefined): ColumnKind | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  return [one, other].every((kind) => kind === 'integer' || kind === 'number') ? 'number' : 'text';
}
