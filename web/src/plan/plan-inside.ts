import type { Plan, PlanNode } from '../api/wire.ts';

type AddedEdge = Pick<Plan['addedEdges'][number], 'source' | 'target' | 'kind'>;

/** The planned steps at the end of a path of steps that hold them; none where there is no plan of it. */
export function planNodesAt(
  plan: Pick<Plan, 'nodes'> | null,
  inside: readonly string[],
): readonly PlanNode[] {
  let nodes = plan?.nodes ?? [];
  for (const id of inside) nodes = nodes.find((node) => node.id === id)?.body?.nodes ?? [];
  return nodes;
}

/** What the compiler added there. Inside of a step the plan has no list of it: what a step waits for says the same. */
export function addedEdgesAt(plan: Plan | null, inside: readonly string[]): readonly AddedEdge[] {
  if (inside.length === 0) return plan?.addedEdges ?? [];
  return planNodesAt(plan, inside).flatMap(({ id, after }) =>
    after.map((source) => ({ source, target: id, kind: 'reference' as const })),
  );
}
