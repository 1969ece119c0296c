import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { failure, type Result } from '../../core/result.ts';
import type { Plan } from '../compiler/plan.ts';
import type { RunOptions } from './run-request.ts';

export interface StartedRun {
  readonly executionId: string;
  /** Never rejects. */
  readonly done: Promise<Result>;
}

export interface ResumeOptions extends Pick<RunOptions, 'onEvent' | 'signal' | 'caller' | 'concurrency'> {
  /** Values of the workflow's inputs that were missing or wrong; the others stay. Who reads a changed one is done again. */
  readonly input?: JsonObject | undefined;
  /** The workflow as it is now. When its plan hash differs the resume is refused and the difference explained. */
  readonly plan?: Plan | undefined;
  /** Go on with the changed plan: nodes it left alone are reused. */
  readonly acceptChanges?: boolean | undefined;
  /** Do this node and everything downstream of it again. */
  readonly from?: string | undefined;
  /** Execute these nodes only; the others keep what they gave. */
  readonly only?: readonly string[] | undefined;
  /** Do these nodes again, or all of them. */
  readonly force?: boolean | readonly string[] | undefined;
  /** Go on although another process seems to execute it. */
  readonly takeOver?: boolean | undefined;
}

/** Stands in for the answer until the run has begun; nobody can see it. */
export const failedToStart = failure(
  new WwiseFlowError('INTERNAL', 'The run did not begin.', { hint: 'Run the workflow again.' }),
);
