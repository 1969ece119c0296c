import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import { wwiseWords } from '../objects/wwise-words.ts';

/** The input of undo and redo. */
export const historyInput = z.strictObject({
  steps: z.int().min(1).max(50).default(1).describe('Steps.'),
});

export interface HistorySteps {
  readonly done: number;
  /** Why it did not go on; null when all steps were made. */
  readonly stoppedBy: string | null;
}

/** Goes through Wwise's undo history until the steps are made or Wwise refuses one. Refusing the first is WAAPI_ERROR. */
export async function historySteps(
  verb: 'undo' | 'redo',
  steps: number,
  waapi: Waapi,
): Promise<HistorySteps> {
  for (let done = 0; done < steps; done += 1) {
    try {
      await waapi.call(`ak.wwise.core.undo.${verb}`);
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code !== 'WAAPI_ERROR') throw error;
      if (done > 0) return { done, stoppedBy: wwiseWords(error) };
      const what = verb === 'undo' ? 'undone' : 'redone';
      throw new WwiseFlowError('WAAPI_ERROR', `Nothing was ${what}: ${wwiseWords(error)}`, {
        hint: 'The history has no such step, or an undo group is still open: look at the project before going on.',
        details: error.details,
        cause: error,
      });
    }
  }
  return { done: steps, stoppedBy: null };
}
