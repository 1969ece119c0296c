import type { MemoProbe } from '../../bus/bus.ts';
import type { Json } from '../../core/json.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import type { Values } from '../expressions/resolve.ts';
import { resolveInput, scopeOf } from './node-input.ts';
import type { RunFrame } from './run-frame.ts';

/** Has the memo entries of all nodes whose input is known already verified together. Never rejects: it only saves calls. */
export async function verifyAhead({
  plan,
  parts,
  inputs,
  isForced,
  signal,
  outputs,
  replanned,
}: RunFrame): Promise<void> {
  const values: Values = { output: (node) => outputs.read(node), inputs };
  const wanted = plan.nodes.filter(({ id, effect }) => {
    if (effect === 'read' || effect === 'barrier') return false;
    const action = replanned?.get(id);
    return (
      !isForced(id) && action?.isForced !== true && (replanned === undefined || action?.action === 'verify')
    );
  });
  const probes = wanted.flatMap((node) => probeOf(plan, node, values, replanned !== undefined));
  if (probes.length === 0 || signal?.aborted === true) return;
  try {
    await parts.bus.prefetch(probes, { signal });
  } catch (thrown) {
    // Only a saving: every dispatch verifies for itself, and reports for itself when Wwise is gone.
    parts.log.debug({ err: thrown }, 'The memo could not be verified ahead of the run.');
  }
}

/** The outputs of earlier nodes are known ahead only when the run goes on. */
function probeOf(plan: Plan, node: PlanNode, values: Values, isResumed: boolean): MemoProbe[] {
  const { command, wiring } = node;
  if (!isResumed && wiring.some(({ from }) => from.startsWith('$from:'))) return [];
  try {
    const input: Json = resolveInput(node, values);
    return [{ command, input, scope: scopeOf(plan, node) }];
  } catch {
    return [];
  }
}
