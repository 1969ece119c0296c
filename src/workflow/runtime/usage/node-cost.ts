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
  const worked = paidIn(output);
  if (worked !== undefined) return worked;
  if (price === undefined) return undefined;
  const apiCalls = memo === 'hit' ? 0 : 1;
  const { perCall: costPerCall, currency } = price;
  return { apiCalls, costPerCall, totalCost: money(apiCalls * costPerCall), currency };
}

/** What a node cost in two parts of a run. Where its currency became another one, only the later part is known. */
export function costTogether(
  earlier: PaidCost | undefined,
  later: PaidCost | undefined,
): PaidCost | undefined {
  if (earlier === undefined || later === undefined || earlier.currency !== later.currency)
    return later ?? earlier;
  const counts = Object.keys(later).flatMap((name) => {
    const [before, after] = [earlier[name], later[name]];
    const isCount = name !== 'costPerCall' && typeof before === 'number' && typeof after === 'number';
    return isCount ? [[name, money(before + after)] as const] : [];
  });
  return { ...later, ...Object.fromEntries(counts), totalCost: money(earlier.totalCost + later.totalCost) };
}

/** The cost that an output has, or the details of a failure: what was paid before it. */
export function paidIn({ cost }: JsonObject): PaidCost | undefined {
  if (!isJsonObject(cost) || typeof cost.totalCost !== 'number' || typeof cost.currency !== 'string')
    return undefined;
  return { ...cost, totalCost: cost.totalCost, currency: cost.currency };
}
