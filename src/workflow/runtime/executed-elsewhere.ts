import type { Job } from '../../core/stores/job-store.ts';
import type { Plan } from '../compiler/plan.ts';
import type { Runs, StartedRun } from './runs.ts';

/** How runs are begun, gone on with and stopped where other processes execute them. */
export interface ExecutedElsewhere extends Pick<Runs, 'resume' | 'cancel' | 'wait'> {
  /** Resolves when the run is kept where it will be executed. */
  start(plan: Plan, options?: Parameters<Runs['start']>[1]): Promise<StartedRun>;
  readonly deadLetters: DeadLetters;
}

/** The jobs of a workspace that failed for good. */
export interface DeadLetters {
  /** The newest first. */
  list(limit: number): Promise<readonly Job[]>;
  has(executionId: string): Promise<boolean>;
  /** Takes it off the list. False when it is not there. */
  discard(executionId: string): Promise<boolean>;
}
