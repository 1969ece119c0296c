import type { Result } from '../../bus/result.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { dim, green, line, yellow } from './paint.ts';
import { type Print, printJson } from './print.ts';
import { printOutcome, type RunParts } from './run.ts';

export interface RunToRollBack {
  readonly executionId: string;
  /** The project is saved afterwards: without a Wwise that holds it, what is not on disk ends with this program. */
  readonly savesProject: boolean;
  readonly json: boolean;
}

/** Takes a run back and prints what became of it. Exit code 0: nothing of it is left, 1: something is. */
export async function rollBackRun(run: RunToRollBack, parts: RunParts, print: Print): Promise<number> {
  const service = await parts.openService();
  const result = await service.rollBack(run.executionId, parts.signal);
  if (!result.ok) return printOutcome(result, run.json, print);
  const isChanged = asJsonArray(result.data.rolledBack).length > 0;
  const saved: Result | null = isChanged && run.savesProject ? await service.saveProject() : null;
  if (run.json) printJson(result, print);
  else drawRollback(result.data, print);
  if (saved !== null && !saved.ok) return printOutcome(saved, false, print);
  if (saved !== null && !run.json) print('The project is saved.');
  return result.data.verified === true ? 0 : 1;
}

function drawRollback(data: JsonObject, print: Print): void {
  const { rolledBack, notRolledBack, removedFiles, restoredFiles } = data;
  for (const node of asJsonArray(rolledBack)) print(line`${green('✓')} ${String(node)} taken back`);
  for (const { node, why } of asJsonArray(notRolledBack).map(asJsonObject))
    print(line`${yellow('!')} ${asString(node) ?? ''} stays: ${asString(why) ?? ''}`);
  for (const file of asJsonArray(removedFiles)) print(dim(line`  removed ${String(file)}`));
  for (const file of asJsonArray(restoredFiles)) print(dim(line`  restored ${String(file)}`));
  if (asJsonArray(rolledBack).length === 0) print('There was nothing to take back.');
}
