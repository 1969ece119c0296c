import type { NodeResult } from '../api/wire.ts';
import { membersOf } from '../graph/document.ts';

export interface Cost {
  readonly amount: number;
  readonly currency: string;
}

/** What a step says that it cost; undefined where it has no price. */
export function costOf(result: NodeResult | undefined): Cost | undefined {
  const { totalCost, currency } = membersOf(membersOf(result?.data).cost);
  return typeof totalCost === 'number' && typeof currency === 'string'
    ? { amount: totalCost, currency }
    : undefined;
}

/** What all steps cost together, by currency. */
export function costOfRun(results: Iterable<NodeResult>): readonly Cost[] {
  const sums = new Map<string, number>();
  for (const result of results) {
    const cost = costOf(result);
    if (cost !== undefined) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount);
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

/** `0.0042 USD`: small prices keep their digits. */
export function inMoney({ amount, currency }: Cost): string {
  return `${amount.toLocaleString('en', { maximumSignificantDigits: amount < 1 ? 2 : 4 })} ${currency}`;
}
