import { toWwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { failure, type Result, type Success } from '../core/result.ts';

/** Turns what a piece of work throws into a failure; a defect is logged besides. */
export type Answer = <D>(work: () => Promise<Result<D>>) => Promise<Result<D>>;

/** The one place where exceptions of the workflow room end. */
export function answering(log: Log): Answer {
  return async (work) => {
    try {
      return await work();
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code === 'INTERNAL') log.error({ err: thrown }, 'a request failed unexpectedly');
      return failure(error);
    }
  };
}

/** A success with data of a type of its own. */
export function found<D>(data: D): Success<D> {
  return { ok: true, data, error: null, code: null, memo: 'off', idemKey: null };
}
