import { join } from 'node:path';
import { asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import type { Result } from '../../../core/result.ts';
import { importedOriginals } from '../originals/imported-originals.ts';

/** Files of the open project with unsaved edits; absent with a back-end that does not say. */
type UnsavedFiles = (() => readonly string[]) | undefined;

/** What is not on disk when a run has ended, and what it put there all the same. */
export interface LeftUnsaved {
  readonly executionId: string | null;
  /** Files of the project with unsaved edits, whoever made them. */
  readonly files: readonly string[];
  /** Files in the Originals that came with the imports of this run and are there still. */
  readonly originals: readonly string[];
}

/** Null when nothing is unsaved, or nobody here knows. */
export async function leftUnsaved(result: Result, unsavedFiles: UnsavedFiles, stateDir: string) {
  const files = unsavedFiles?.() ?? [];
  if (files.length === 0) return null;
  const executionId = asString(answerOf(result).executionId) ?? null;
  const originals = executionId === null ? [] : await importedOriginals(join(stateDir, 'runs', executionId));
  return { executionId, files, originals } satisfies LeftUnsaved;
}

/** The result with how many files are unsaved: a word in the answer of a run. */
export function withUnsaved(result: Result, unsavedFiles: UnsavedFiles): Result {
  const count = unsavedFiles?.().length ?? 0;
  if (count === 0) return result;
  const unsaved = `${count} ${count === 1 ? 'file' : 'files'}: project_save`;
  return result.ok
    ? { ...result, data: { ...result.data, unsaved } }
    : { ...result, details: { ...result.details, unsaved } };
}

function answerOf(result: Result): JsonObject {
  return asJsonObject(result.ok ? result.data : result.details);
}
