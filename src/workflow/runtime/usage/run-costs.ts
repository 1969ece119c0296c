import { asJsonArray, asJsonObject, type Json } from '../../../core/json.ts';
import { money } from '../../nodes/requests/cost.ts';
import type { ResultRow } from '../journal/result-row.ts';
import type { PaidCost } from './node-cost.ts';

/** What a run cost in one currency. */
export type RunCost = {
  readonly currency: string;
  readonly totalCost: number;
  /** By node as the workflow has it: those of all items of a loop together, as `each[].ask`. */
  readonly byNode: Readonly<Record<string, number>>;
};

/**
 * The costs of the rows of a run, by currency; none where no node has a price. `before`: what its nodes had cost in earlier parts of
 * the run, which counts of those that have no row in this one.
 */
export function costsOfRun(
  rows: ReadonlyMap<string, ResultRow>,
  before: ReadonlyMap<string, { readonly paid?: PaidCost | undefined }> = new Map(),
): readonly RunCost[] {
  const found = new Map<string, Map<string, number>>();
  const add = (node: string, cost: PaidCost | undefined): void => {
    if (cost === undefined) return;
    const { currency, totalCost } = cost;
    const byNode = found.get(currency) ?? new Map<string, number>();
    found.set(currency, byNode);
    const name = node.replaceAll(/\[\d+\]/g, '[]');
    byNode.set(name, money((byNode.get(name) ?? 0) + totalCost));
  };
  for (const [node, { paid }] of before) if (!rows.has(node)) add(node, paid);
  for (const { node, cost } of rows.values()) add(node, cost);
  return [...found].map(([currency, byNode]) => ({
    currency,
    totalCost: money([...byNode.values()].reduce((sum, cost) => sum + cost, 0)),
    byNode: Object.fromEntries(byNode),
  }));
}

/** The costs in the answer of a run as it was recorded. */
export function recordedCosts(recorded: Json | undefined): readonly RunCost[] {
  return asJsonArray(recorded).map((one) => {
    const { currency, totalCost, byNode } = asJsonObject(one);
    const costs = Object.entries(asJsonObject(byNode)).map(([node, cost]) => [node, Number(cost)] as const);
    return { currency: String(currency), totalCost: Number(totalCost), byNode: Object.fromEntries(costs) };
  });
}
