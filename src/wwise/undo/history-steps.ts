import { z } from 'zod';
import { mostlyEmpty, usual } from '../../core/answers/lean-data.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { Waapi } from '../connection/waapi.ts';
import { wwiseWords } from '../objects/rows/wwise-words.ts';

/** The input of undo and redo. */
export const historyInput = z.strictObject({
  steps: z.int().min(1).max(50).default(1).describe('Steps.'),
});

/** The steps that were undone or redone, in that order. */
export const stepsMade = z
  .array(z.string())
  .describe('What each step was; empty where Wwise does not say.')
  .register(usual, mostlyEmpty);

export interface HistorySteps {
  readonly done: number;
  /** Why it did not go on; null when all steps were made. */
  readonly stoppedBy: string | null;
  /** What each step was, in words; empty where the back-end does not say. */
  readonly steps: string[];
}

/** Goes through Wwise's undo history until the steps are made or Wwise refuses one. Refusing the first is WAAPI_ERROR. */
export async function historySteps(
  verb: 'undo' | 'redo',
  steps: number,
  waapi: Waapi,
): Promise<HistorySteps> {
  const named: string[] = [];
  for (let done = 0; done < steps; done += 1) {
    const next = waapi.undo?.next(verb === 'undo' ? 'back' : 'forward');
    try {
      await waapi.call(`ak.wwise.core.undo.${verb}`);
      if (next !== undefined) named.push(next);
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code !== 'WAAPI_ERROR') throw error;
      if (done > 0) return { done, stoppedBy: wwiseWords(error), steps: named };
      const what = verb === 'undo' ? 'undone' : 'redone';
      throw new WwiseFlowError('WAAPI_ERROR', `Nothing was ${what}: ${wwiseWords(error)}`, {
        hint: 'The history has no such step, or an undo group is still open: look at the project before going on.',
        details: error.details,
        cause: error,
      });
    }
  }
  return { done: steps, stoppedBy: null, steps: named };
}
