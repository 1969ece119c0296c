import type { MemoProbe } from '../../../core/dispatch/bus.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import { type Values, withinBudget } from '../../expressions/resolve.ts';
import type { RunFrame } from '../run-frame.ts';
import { readsOf, resolveInput, scopeOf } from '../values/node-input.ts';

/** Has the memo entries of all nodes whose input is known already verified together. Never rejects: it only saves calls. */
export async function verifyAhead(
  frame: RunFrame,
  nodes: readonly PlanNode[] = frame.plan.nodes,
): Promise<void> {
  const { plan, parts, inputs, around, isForced, signal, outputs, replanned, kinds } = frame;
  const wanted = nodes.filter(({ id, kind }) => {
    if (kinds.find(kind)?.replay !== 'verify') return false;
    const action = replanned?.get(id);
    return (
      !isForced(id) &&
      action?.isForced !== true &&
      (replanned === undefined || action === undefined || action.action === 'verify')
    );
  });
  if (wanted.length === 0 || signal?.aborted === true) return;
  try {
    const values = await outputs.valuesFor(() => wanted.flatMap(readsOf), {
      output: outputs.read,
      inputs,
      around,
    });
    const bounded = withinBudget(values);
    const probes = wanted.map((node) => probeOf(plan, node, bounded));
    await parts.bus.prefetch(probes, { signal });
  } catch (thrown) {
    // Only a saving: every dispatch verifies for itself, and reports for itself when the back-end is gone.
    parts.log.debug({ err: thrown }, 'The memo could not be verified ahead of the run.');
  }
}

/** What earlier nodes give is known ahead as far as they were done before. */
function probeOf(plan: Plan, node: PlanNode, values: Values): MemoProbe {
  const { id, kind, input } = node;
  return {
    command: kind,
    input,
    scope: scopeOf(plan, node),
    node: {
      id,
      resolve: (output) =>
        resolveInput(node, { ...values, output: (other) => values.output(other) ?? output(other) }),
    },
  };
}
