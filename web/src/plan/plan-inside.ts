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

/** The steps there by wave: nothing in a wave waits for anything in the same wave. */
export function wavesAt(plan: Plan, inside: readonly string[]): readonly (readonly string[])[] {
  return inside.length === 0 ? plan.waves : wavesOf(planNodesAt(plan, inside));
}

/** By wave, of steps in the order of execution. */
export function wavesOf(nodes: readonly PlanNode[]): readonly (readonly string[])[] {
  const waves: string[][] = [];
  const waveOf = new Map<string, number>();
  for (const { id, after, fences = [] } of nodes) {
    const wave = Math.max(-1, ...[...after, ...fences].map((before) => waveOf.get(before) ?? -1)) + 1;
    waveOf.set(id, wave);
    waves[wave] = [...(waves[wave] ?? []), id];
  }
  return waves;
}
