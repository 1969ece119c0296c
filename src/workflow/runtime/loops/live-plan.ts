import type { Plan, PlanNode } from '../../compiler/plan.ts';

/** The nodes of a run, by their ids: those of the plan, and those that stand for loops once they are opened. */
export interface LivePlan {
  readonly count: number;
  find(id: string): PlanNode | undefined;
  /** The index of a node in events, from 0. */
  indexOf(id: string): number;
  /** All nodes in order, those of a loop before it. */
  nodes(): readonly PlanNode[];
  /** The plan with all nodes. */
  whole(): Plan;
  /** The nodes that stand for a loop; none as long as it is not open. */
  inside(loop: string): readonly PlanNode[];
  /** Adds the nodes that stand for a loop. */
  open(loop: PlanNode, nodes: readonly PlanNode[]): void;
}

export function livePlan(plan: Plan): LivePlan {
  const found = new Map<string, { readonly node: PlanNode; readonly index: number }>();
  const inside = new Map<string, readonly PlanNode[]>();
  const add = (node: PlanNode): void => {
    found.set(node.id, { node, index: found.size });
  };
  plan.nodes.forEach(add);
  let known: readonly PlanNode[] | undefined;
  const nodes = (): readonly PlanNode[] => {
    if (inside.size === 0) return plan.nodes;
    known ??= inOrder(plan.nodes, inside);
    return known;
  };
  return {
    get count() {
      return found.size;
    },
    find: (id) => found.get(id)?.node,
    indexOf: (id) => found.get(id)?.index ?? 0,
    nodes,
    inside: (loop) => inside.get(loop) ?? [],
    whole: () => (inside.size === 0 ? plan : { ...plan, nodes: nodes(), order: nodes().map(({ id }) => id) }),
    open: (loop, some) => {
      known = undefined;
      inside.set(loop.id, some);
      some.forEach(add);
    },
  };
}

function inOrder(
  nodes: readonly PlanNode[],
  inside: ReadonlyMap<string, readonly PlanNode[]>,
): readonly PlanNode[] {
  const all: PlanNode[] = [];
  const add = (some: readonly PlanNode[]): void => {
    for (const node of some) {
      const within = inside.get(node.id);
      if (within !== undefined) add(within);
      all.push(node);
    }
  };
  add(nodes);
  return all;
}
