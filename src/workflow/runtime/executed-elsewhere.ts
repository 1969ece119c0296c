import type { Plan } from '../compiler/plan.ts';
import type { Runs, StartedRun } from './runs.ts';

/** How runs are begun, gone on with and stopped where other processes execute them. */
export interface ExecutedElsewhere extends Pick<Runs, 'resume' | 'cancel' | 'wait'> {
  /** Resolves when the run is kept where it will be executed. */
  start(plan: Plan, options?: Parameters<Runs['start']>[1]): Promise<StartedRun>;
}
