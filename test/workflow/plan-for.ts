import type { Bus } from '../../src/core/dispatch/bus.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { hashPlan, type Plan } from '../../src/workflow/compiler/plan.ts';

/** The plan of a workflow, or one in which every node is executed alone. */
export function planFor(flow: unknown, bus: Bus, isAlone: boolean): Plan {
  const plan = compileWorkflow(flow, bus);
  if (!isAlone) return plan;
  const { units: _units, calls: _calls, ...alone } = plan;
  return { ...alone, planHash: hashPlan(alone) };
}
