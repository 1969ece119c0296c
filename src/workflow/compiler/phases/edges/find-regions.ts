import { ELSE } from '../../../nodes/node-kind.ts';
import { type RoutedArc, regionsOf } from '../../graph/regions.ts';
import type { Draft, DraftNode } from '../draft.ts';

/** Finds out on which ways of branches each node lies. */
export function findRegions(draft: Draft): void {
  const { nodes, order, links } = draft;
  if (order.length < nodes.length || !links.some(({ port }) => port !== undefined)) return;
  const into = new Map<number, RoutedArc[]>();
  for (const { source, target, by, port, reference } of links) {
    if (reference?.isGuarded === true) continue;
    const needs = needsOf(nodes[target]);
    const isRead = needs === 'all' || (by === 'reference' && needs === undefined);
    if (by === 'reference' && !isRead) continue;
    const arc = { source, target, ...(port === undefined ? {} : { port }), isRead };
    const known = into.get(target);
    if (known === undefined) into.set(target, [arc]);
    else known.push(arc);
  }
  const regions = regionsOf(
    order,
    (node) => into.get(node) ?? [],
    (branch) => portsOf(nodes[branch]),
    (node) => needsOf(nodes[node]) === 'any',
  );
  for (const [index, located] of regions) {
    const node = nodes[index];
    if (node !== undefined) node.located = located;
  }
}

/** All ports of a branch, those that no edge leaves from included. */
function portsOf(node: DraftNode | undefined): readonly string[] {
  const names = node?.shape?.kind.cases?.(node.input).names;
  return names ?? [...(node?.routes ?? []).flatMap(({ port }) => port ?? []), ELSE];
}

function needsOf(node: DraftNode | undefined): 'any' | 'all' | undefined {
  return node?.shape?.kind.needs?.(node.input);
}
