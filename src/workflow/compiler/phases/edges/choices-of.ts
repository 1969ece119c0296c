import { settledWhen } from '../../../nodes/conditions/settle-condition.ts';
import type { PlanNode } from '../../plan.ts';
import type { DraftLink, DraftNode } from '../draft.ts';

type Choices = Pick<PlanNode, 'when' | 'routes' | 'joins' | 'flow' | 'ports'>;

/** The drawn edges by their targets, found once somebody asks. */
export function drawnEdges(links: readonly DraftLink[]): (target: number) => readonly DraftLink[] {
  let into: Map<number, DraftLink[]> | undefined;
  return (target) => {
    into ??= edgesByTarget(links);
    return into.get(target) ?? none;
  };
}

const none: readonly DraftLink[] = [];

function edgesByTarget(links: readonly DraftLink[]): Map<number, DraftLink[]> {
  const into = new Map<number, DraftLink[]>();
  for (const link of links) {
    if (link.by !== 'edge') continue;
    const known = into.get(link.target);
    if (known === undefined) into.set(link.target, [link]);
    else known.push(link);
  }
  return into;
}

/** Its condition, unless it always holds. */
function whenOf(condition: DraftNode['condition']): Pick<PlanNode, 'when'> {
  const when = condition === undefined ? true : settledWhen(condition);
  return when === true ? {} : { when };
}

/** What a plan says of the choices that a node depends on or makes; undefined for a node without any, as most are. */
export function choicesOf(
  node: DraftNode,
  { edges }: { readonly edges: (target: number) => readonly DraftLink[] },
  nodes: readonly DraftNode[],
  after: readonly string[],
): Choices | undefined {
  const { condition, located, routes, shape } = node;
  const looksAtFlow = condition !== undefined || shape?.kind.effect === 'none' || node.flowsFrom.length > 0;
  if (!looksAtFlow && located === undefined && routes === undefined) return undefined;
  const into = edges(node.index);
  const idOf = ({ source }: DraftLink): string => nodes[source]?.id ?? '';
  const routed = into.flatMap((link) =>
    link.port === undefined ? [] : [{ source: idOf(link), port: link.port }],
  );
  const brings = shape?.kind.needs !== undefined;
  const joins = (brings ? [] : into)
    .filter(({ source, port }) => port !== undefined || nodes[source]?.located !== undefined)
    .map(idOf);
  const drawn = new Set(into.map(idOf));
  const flow = looksAtFlow ? after.filter((id) => drawn.has(id)) : [];
  const ports = [...new Set((routes ?? []).flatMap(({ port }) => port ?? []))];
  const choices: Choices = {
    ...whenOf(condition),
    ...(routed.length === 0 ? {} : { routes: routed }),
    ...(joins.length === 0 ? {} : { joins: [...new Set(joins)] }),
    ...(flow.length === 0 ? {} : { flow }),
    ...(ports.length === 0 ? {} : { ports }),
  };
  return Object.keys(choices).length === 0 ? undefined : choices;
}
