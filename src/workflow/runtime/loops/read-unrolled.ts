import { asJsonArray, type Json } from '../../../core/json.ts';
import type { ArtifactStore } from '../../../core/stores/artifact-store.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import type { Replanned } from '../resume/replan.ts';
import { readOutput } from '../values/outputs.ts';
import { loopsAround, type Unrolled, unroll } from './unroll.ts';

/** By their ids, the loops of a run that were opened, as the journal has them: without items that are artifacts. */
export function unrolledIn(journal: ReadonlyMap<string, JournalledNode>): ReadonlyMap<string, Unrolled> {
  const found = new Map<string, Unrolled>();
  for (const [id, { unrolled }] of journal)
    if (unrolled !== undefined) found.set(id, { count: unrolled.count, items: unrolled.items });
  return found;
}

/** The same with all items. Rejects with ARTIFACT_NOT_FOUND for lost ones. */
export async function readUnrolled(
  journal: ReadonlyMap<string, JournalledNode>,
  artifacts: ArtifactStore | undefined,
): Promise<ReadonlyMap<string, Unrolled>> {
  const found = new Map(unrolledIn(journal));
  for (const [id, { unrolled }] of journal) {
    if (unrolled?.artifact === undefined) continue;
    const { items } = await readOutput(artifacts, unrolled.artifact);
    const all: readonly Json[] = asJsonArray(items);
    found.set(id, { count: all.length, items: all });
  }
  return found;
}

/** The plan with the nodes that stand for its loops, each before its loop. */
export function unrolledPlan(plan: Plan, unrolled: ReadonlyMap<string, Unrolled>): Plan {
  if (unrolled.size === 0) return plan;
  const nodes: PlanNode[] = [];
  const add = (some: readonly PlanNode[]): void => {
    for (const node of some) {
      const known = node.body === undefined ? undefined : unrolled.get(node.id);
      if (node.body !== undefined && known !== undefined) add(unroll(node, node.body, known).nodes);
      nodes.push(node);
    }
  };
  add(plan.nodes);
  return { ...plan, nodes, order: nodes.map(({ id }) => id) };
}

/**
 * The loops that go on with the items they were opened with: all but those that are to be done again as a whole. `from`: what was
 * asked to be done again with all after it, and the loops around it, which stay open.
 */
export function stillUnrolled(
  unrolled: ReadonlyMap<string, Unrolled>,
  planned: ReadonlyMap<string, Pick<Replanned, 'isForced' | 'isChanged'>>,
  from: readonly string[],
): ReadonlyMap<string, Unrolled> {
  const kept = new Set(from.slice(0, -1));
  return new Map(
    [...unrolled].filter(([id]) => {
      const plan = planned.get(id);
      return kept.has(id) || (plan?.isForced !== true && plan?.isChanged !== true);
    }),
  );
}

/** Who wants nodes of an item only wants the loop too. */
export function withLoops(nodes: readonly string[], plan: Plan): readonly string[] {
  const byId = new Map(plan.nodes.map((node) => [node.id, node]));
  return [
    ...new Set(
      nodes.flatMap((id) => {
        const node = byId.get(id);
        return node === undefined ? [id] : [...loopsAround(node), id];
      }),
    ),
  ];
}
