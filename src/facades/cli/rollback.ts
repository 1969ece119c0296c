import { asJsonArray } from '../../core/json.ts';
import type { Result } from '../../core/result.ts';
import { drawRollback } from './draw/draw-rollback.ts';
import { type Print, printAnswer } from './print.ts';
import { printOutcome, type RunParts } from './run.ts';

export interface RunToRollBack {
  readonly executionId: string;
  /** The project is saved afterwards: without a Wwise that holds it, what is not on disk ends with this program. */
  readonly savesProject: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Takes a run back and prints what became of it. Exit code 0: nothing of it is left, 1: something is. */
export async function rollBackRun(run: RunToRollBack, parts: RunParts, print: Print): Promise<number> {
  const service = await parts.openService();
  const result = await service.rollBack(run.executionId, parts.signal);
  if (!result.ok) return printOutcome(result, run, parts, print);
  const isChanged = asJsonArray(result.data.rolledBack).length > 0;
  const saved: Result | null = isChanged && run.savesProject ? await service.saveProject() : null;
  // What stays on disk until the project is saved again is not there any more once it is.
  const answer = saved === null ? result : { ...result, data: { ...result.data, saved: saved.ok } };
  if (run.json) await printAnswer(answer, { ...run, ...parts }, print);
  else drawRollback(result.data, print);
  if (saved !== null && !saved.ok) return printOutcome(saved, { json: false, verbose: false }, parts, print);
  if (saved !== null && !run.json) print('The project is saved.');
  return result.data.verified === true ? 0 : 1;
}
