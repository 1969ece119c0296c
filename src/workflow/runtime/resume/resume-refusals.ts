import type { Bus } from '../../../core/dispatch/bus.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import type { RunRecord } from '../../../core/stores/run-store.ts';
import type { Plan } from '../../compiler/plan.ts';
import { changedNodes } from './replan.ts';

/** Somebody executes it, or was quicker to go on with it. */
export function stillGoingOn({ executionId, owner }: RunRecord, isLive: boolean): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The run "${executionId}" is still going on.`, {
    hint: isLive
      ? 'Wait until it has ended, or cancel it.'
      : 'Another process executes it; wait for that, or set takeOver when it is not so.',
    details: { executionId, owner },
  });
}

/** What a suspended run has done is not looked at again, so it goes on in the project it was suspended in only. */
export async function checkSuspendedIn({ executionId, result }: RunRecord, bus: Bus): Promise<void> {
  if (bus.project === undefined) return;
  const { id = null, name = null } = asJsonObject(asJsonObject(asJsonObject(result).data).project);
  const present = await bus.project.facts();
  if (present.id === id) return;
  const where = name === null ? 'another project' : `the project "${String(name)}"`;
  throw new WwiseFlowError('WRONG_PROJECT', `The run "${executionId}" was suspended in ${where}.`, {
    hint: 'Open that project, then call workflow_resume; or end the run with workflow_cancel.',
    details: { executionId, project: { id, name }, open: { id: present.id, name: present.name } },
  });
}

export function nothingToResume(executionId: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The run "${executionId}" is done: nothing is left to do.`, {
    hint: 'Name what to do again with from, only or force, or run the workflow anew.',
    details: { executionId },
  });
}

export function planChanged(plan: Plan, former: Plan): WwiseFlowError {
  const before = new Set(former.order);
  const after = new Set(plan.order);
  const changed = [...changedNodes(plan, former)];
  const details: JsonObject = {
    planHash: plan.planHash,
    formerPlanHash: former.planHash,
    added: changed.filter((id) => !before.has(id)),
    changed: changed.filter((id) => before.has(id)),
    removed: former.order.filter((id) => !after.has(id)),
  };
  return new WwiseFlowError('INVALID_INPUT', 'The workflow changed since this run began.', {
    hint: 'Set acceptChanges to go on with the changed workflow (details says which nodes are done again), or leave the workflow out to go on with the one the run began with.',
    details,
  });
}
