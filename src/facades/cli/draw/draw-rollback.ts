import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import type { Print } from '../print.ts';
import { dim, green, line, yellow } from './paint.ts';

/** Prints what a rollback rolled back, what stays and why, and what became of files in the Originals. */
export function drawRollback(data: JsonObject, print: Print): void {
  const { rolledBack, notRolledBack, removedFiles, restoredFiles } = data;
  for (const node of asJsonArray(rolledBack)) print(line`${green('✓')} ${String(node)} rolled back`);
  for (const { node, why } of asJsonArray(notRolledBack).map(asJsonObject))
    print(line`${yellow('!')} ${asString(node) ?? ''} stays: ${asString(why) ?? ''}`);
  for (const file of asJsonArray(removedFiles)) print(dim(line`  removed ${String(file)}`));
  for (const file of asJsonArray(restoredFiles)) print(dim(line`  restored ${String(file)}`));
  if (asJsonArray(rolledBack).length === 0) print('There was nothing to roll back.');
}

/**
 * The same of a failed run that rolled itself back; nothing of one that did not. Says whether all of it was read back as it
 * was before.
 */
export function drawOwnRollback(details: JsonObject | undefined, print: Print): void {
  if (details?.rolledBack === undefined) return;
  const { verified, ...files } = asJsonObject(details.rollback);
  const { rolledBack, notRolledBack } = details;
  print('The run was rolled back, as its onError says:');
  drawRollback({ ...files, rolledBack, notRolledBack }, print);
  if (asJsonArray(rolledBack).length === 0) return;
  print(
    verified === true
      ? 'Everything was read back as it was before the run.'
      : line`${yellow('!')} Not everything is as it was before the run, or could be read back.`,
  );
}
