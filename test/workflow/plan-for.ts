import type { Bus } from '../../src/bus/bus.ts';
import { compileWorkflow } from '../../src/workflow/compile.ts';
import { type Plan, sealPlan } from '../../src/workflow/plan.ts';

/** The plan of a workflow, or one in which every node is carried out alone. */
export function planFor(flow: unknown, bus: Bus, isAlone: boolean): Plan {
  const plan = compileWorkflow(flow, bus);
  if (!isAlone) return plan;
  const { planHash: _planHash, units: _units, calls: _calls, ...rest } = plan;
  return sealPlan(rest);
}
