import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { MemoState } from '../../../core/result.ts';
import type { NodeCost } from '../../document/workflow.ts';
import { money } from '../../nodes/requests/cost.ts';

/** What a node cost: the sum, and what it is the sum of. */
export type PaidCost = JsonObject & { readonly totalCost: number; readonly currency: string };

/**
 * What an execution of a node cost: what its kind worked out, else the price that the document gives a call of it. Undefined where
 * nobody says a price; a memo hit costs nothing.
 */
export function costOfNode(
  { cost: price }: { readonly cost?: NodeCost | undefined },
  output: JsonObject,
  memo: MemoState,
): PaidCost | undefined {
  const worked = output.cost;
  if (isJsonObject(worked) && typeof worked.totalCost === 'number' && typeof worked.currency === 'string')
    return { ...worked, totalCost: worked.totalCost, currency: worked.currency };
  if (price === undefined) return undefined;
  const apiCalls = memo === 'hit' ? 0 : 1;
  const { perCall: costPerCall, currency } = price;
  return { apiCalls, costPerCall, totalCost: money(apiCalls * costPerCall), currency };
}
