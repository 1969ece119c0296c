import type { EstimatedCosts } from '../../../workflow/service.ts';
import type { Print } from '../print.ts';
import { cyan, dim, line } from './paint.ts';

/** Prints what a run is expected to cost, and of which nodes nobody can say it. */
export function drawEstimatedCosts(estimated: EstimatedCosts | null | undefined, print: Print): void {
  if (estimated === null || estimated === undefined) return;
  const { totals, nodes, unknown } = estimated;
  for (const { node, perCall, currency, calls } of nodes) {
    const count = calls === null ? 'a call' : calls === 1 ? 'once' : `${calls} times`;
    print(line`  ${cyan('$')} ${node}  ${dim(line`${perCall} ${currency} ${count}`)}`);
  }
  for (const { node, why } of unknown) print(line`  ${cyan('$')} ${node}  ${dim(why)}`);
  const sums = totals.map(({ totalCost, currency }) => `${totalCost} ${currency}`).join(' and ');
  const beside = unknown.length === 0 ? '' : ', without the nodes of which nobody can say it';
  if (sums !== '') print(dim(line`  expected to cost about ${sums}${beside}`));
}
