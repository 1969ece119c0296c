import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import { stageAhead } from '../../audio/files/stage-ahead.ts';
import { type ImportOutcome, importAudio } from '../../audio/importing/import-audio.ts';
import { rowReader } from '../../waql/return-row.ts';
import type { FunctionContext } from '../define-function.ts';

/** Imports in one undo step and notifies the subscribers of ak.wwise.core.audio.imported, when there was anything to report. */
export async function runImport(args: JsonObject, context: FunctionContext): Promise<ImportOutcome> {
  const { project, sessionId, giveWay } = context;
  const { staged, discard } = await stageAhead(args);
  try {
    const outcome = await project.edit(
      'Import',
      sessionId,
      (editor) => inTurns(importAudio(args, project, editor, staged), giveWay),
      giveWay,
    );
    const { objects, files } = outcome;
    if (objects.length > 0) {
      const operation = publishedOperations[asString(args.importOperation) ?? ''] ?? 'ReplaceFile';
      context.publish({ kind: 'imported', operation, objects, files });
    }
    return outcome;
  } finally {
    discard();
  }
}

/** The rows of what was imported, as the options want them: `id` and `name` unless they say otherwise. */
export async function importedRows(
  { objects }: ImportOutcome,
  options: JsonObject,
  { project, giveWay }: FunctionContext,
): Promise<JsonObject[]> {
  const expressions = asJsonArray(options.return).filter((item) => typeof item === 'string');
  const wanted = expressions.length === 0 ? ['id', 'name'] : expressions;
  const view = { platform: asString(options.platform), language: asString(options.language) };
  const rowOf = rowReader(project.model, wanted, view, 'omit');
  return inTurns(rowsOf(objects, rowOf), giveWay);
}

function* rowsOf<T>(objects: readonly T[], rowOf: (object: T) => JsonObject): Generator<void, JsonObject[]> {
  const rows: JsonObject[] = [];
  for (const object of objects) {
    rows.push(rowOf(object));
    yield;
  }
  return rows;
}

/** The topic has names of its own for what the argument calls createNew, useExisting and replaceExisting. */
const publishedOperations: Readonly<Record<string, string>> = {
  createNew: 'CreateNewObject',
  useExisting: 'ReplaceFile',
  replaceExisting: 'ReplaceObject',
};
