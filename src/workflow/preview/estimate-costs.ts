import { allNodes, type Plan, type PlanNode } from '../compiler/plan.ts';
import type { NodeKinds } from '../nodes/catalog.ts';
import { money } from '../nodes/requests/cost.ts';
import { type ExpectedPrice, priceInDocument } from '../nodes/requests/expected-price.ts';
import type { Presets } from '../remote/presets/read-presets.ts';

/** What a run of a plan is expected to cost. */
export type EstimatedCosts = {
  /** By currency, as far as it can be said. */
  readonly totals: readonly { readonly currency: string; readonly totalCost: number }[];
  /** Nodes with a price; those of a loop as `each[].ask`. */
  readonly nodes: readonly EstimatedCost[];
  /** Nodes whose share of the totals nobody can say before the run, and why. */
  readonly unknown: readonly { readonly node: string; readonly why: string }[];
};

export type EstimatedCost = {
  readonly node: string;
  readonly perCall: number;
  readonly currency: string;
  /** Null where only the run knows. */
  readonly calls: number | null;
  readonly totalCost: number | null;
  readonly basis: string;
};

/**
 * What a run of a plan is expected to cost; undefined where no node has a price. `callsOf`: how often a node of a loop
 * would be executed, where a preview has found out.
 */
export function estimateCosts(
  plan: Pick<Plan, 'nodes'>,
  kinds: NodeKinds,
  presets: Presets,
  callsOf: (node: string) => number | undefined = () => undefined,
): EstimatedCosts | undefined {
  const nodes: EstimatedCost[] = [];
  const unknown: { readonly node: string; readonly why: string }[] = [];
  for (const node of allNodes(plan.nodes)) {
    const price = priceOf(node, kinds, presets);
    if (price === undefined) {
      if (kinds.find(node.kind)?.priceOf !== undefined)
        unknown.push({ node: node.id, why: 'Nobody says what a call of it costs.' });
      continue;
    }
    const { perCall, currency, basis, isPerItem } = price;
    const calls = isPerItem ? null : (callsOf(node.id) ?? (node.id.includes('[]') ? null : 1));
    const totalCost = calls === null ? null : money(calls * perCall);
    nodes.push({ node: node.id, perCall, currency, calls, totalCost, basis });
    if (calls === null)
      unknown.push({ node: node.id, why: 'It costs by the number of items, which only the run knows.' });
  }
  if (nodes.length === 0) return undefined;
  const totals = new Map<string, number>();
  for (const { currency, totalCost } of nodes)
    if (totalCost !== null) totals.set(currency, money((totals.get(currency) ?? 0) + totalCost));
  return { totals: [...totals].map(([currency, totalCost]) => ({ currency, totalCost })), nodes, unknown };
}

function priceOf(
  { kind, input, cost }: PlanNode,
  kinds: NodeKinds,
  presets: Presets,
): ExpectedPrice | undefined {
  const known = kinds.find(kind);
  if (known?.priceOf !== undefined) return known.priceOf(input, presets, cost);
  return cost && priceInDocument(cost, false);
}
