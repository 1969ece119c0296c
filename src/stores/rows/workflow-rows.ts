import { asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { LibraryEntry, LibraryWorkflow } from '../../core/stores/workflow-library.ts';

/** A version with its document, from its row. */
export function libraryWorkflowOf(row: unknown): LibraryWorkflow | undefined {
  const entry = libraryEntryOf(row);
  if (entry === undefined || !isJsonObject(row)) return undefined;
  const document: unknown = JSON.parse(asString(row.document) ?? '{}');
  return { ...entry, document: asJsonObject(document) };
}

/** A version in a list, from its row. */
export function libraryEntryOf(row: unknown): LibraryEntry | undefined {
  if (!isJsonObject(row) || typeof row.workflow_id !== 'string') return undefined;
  return {
    workflowId: row.workflow_id,
    version: number(row.version),
    name: asString(row.name) ?? null,
    description: asString(row.description) ?? null,
    savedAtMs: number(row.saved_at_ms),
    versions: number(row.versions),
  };
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** The columns by which the library is sorted. */
export const workflowOrderColumns = {
  workflowId: 'workflow_id',
  name: 'name',
  savedAtMs: 'saved_at_ms',
} as const;
