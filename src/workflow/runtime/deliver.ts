import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Result } from '../../core/result.ts';
import { found } from '../answered.ts';
import type { Plan } from '../compiler/plan.ts';
import type { DeliveredRun, WorkflowDelivery } from '../service.ts';
import { deliveredInput } from './delivered-input.ts';
import type { ExecutedElsewhere } from './executed-elsewhere.ts';
import { runInputs } from './run-options.ts';
import type { Runs } from './runs.ts';

/**
 * Begins the run of a delivery unless it began before. The id of the run is kept first: a process that dies in between leaves an
 * id without a run, and the next attempt of the sender begins it.
 */
export async function deliverTo(
  runs: Pick<Runs, 'newId' | 'status'> & Pick<ExecutedElsewhere | Runs, 'start'>,
  planOf: () => Promise<Plan>,
  permit: (plan: Plan, input: JsonObject) => Promise<void>,
  { claim, body, caller }: Omit<WorkflowDelivery, 'workflowId'>,
): Promise<Result<DeliveredRun>> {
  const executionId = await claim(runs.newId());
  if (await hasBegun(runs, executionId)) return found({ executionId, isRepeated: true });
  const plan = await planOf();
  const input = deliveredInput(plan, body);
  runInputs(plan, input);
  await permit(plan, input);
  const { done } = await runs.start(plan, { executionId, input, caller });
  if (await hasBegun(runs, executionId)) return found({ executionId, isRepeated: false });
  const result = await done;
  return result.ok ? found({ executionId, isRepeated: false }) : result;
}

async function hasBegun(runs: Pick<Runs, 'status'>, executionId: string): Promise<boolean> {
  try {
    await runs.status(executionId);
    return true;
  } catch (thrown) {
    if (thrown instanceof WwiseFlowError && thrown.code === 'RUN_NOT_FOUND') return false;
    throw thrown;
  }
}
