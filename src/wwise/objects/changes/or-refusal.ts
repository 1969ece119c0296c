import { toWwiseFlowError } from '../../../core/errors.ts';
import { wwiseWords } from '../rows/wwise-words.ts';

/**
 * Runs `work`; a refusal that concerns this item only becomes a value, so that one item cannot spoil the others.
 * What concerns the connection (lost, locked, cancelled) is still thrown.
 */
export async function orRefusal<T>(
  work: () => Promise<T>,
): Promise<{ done: T } | { error: string; code: string }> {
  try {
    return { done: await work() };
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (
      ['WAAPI_ERROR', 'OBJECT_NOT_FOUND', 'INVALID_INPUT', 'NAME_CONFLICT', 'UNKNOWN_PROPERTY'].includes(
        error.code,
      )
    )
      return { error: wwiseWords(error), code: error.code };
    throw error;
  }
}
