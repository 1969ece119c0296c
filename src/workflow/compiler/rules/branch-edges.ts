import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { ELSE } from '../../nodes/node-kind.ts';
import { type BranchRoute, type Draft, type DraftNode, nodeLabel } from '../phases/draft.ts';
import { nearNodes, nodesMeant } from './references/near-nodes.ts';

/**
 * Law: an edge that leaves from a branch leaves from one of its cases, and its table of nodes says the same as its edges. Only a
 * branch has edges with conditions.
 */
export function checkBranchEdges(draft: Draft): void {
  for (const edge of draft.workflow.edges) {
    if (edge.condition === undefined) continue;
    const source = draft.nodes[draft.indexById.get(edge.source) ?? -1];
    if (source?.shape === undefined || source.casePointers !== undefined) continue;
    const isBranch = source.shape.kind.cases !== undefined;
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: isBranch
        ? `The edge ${edge.source} → ${edge.target} has a condition, but ${nodeLabel(source)} chooses by its own data.`
        : `The edge ${edge.source} → ${edge.target} has a condition, but ${nodeLabel(source)} is no branch.`,
      pointer: below(edge.pointer, 'data', 'condition'),
      node: source.id,
      expected: isBranch
        ? 'a sourceHandle, or a branch without data'
        : 'a node of type "branch" that the edge leaves from; or "when" on the target',
      suggestion: [{ op: 'remove', path: below(edge.pointer, 'data', 'condition') }],
    });
  }
  for (const node of draft.nodes) for (const route of node.routes ?? []) checkRoute(draft, node, route);
}

function checkRoute(draft: Draft, node: DraftNode, route: BranchRoute): void {
  const { port, target, pointer, edge, table } = route;
  const names = node.shape?.kind.cases?.(node.input).names;
  const hasTable = node.input.branches !== undefined;
  const expected = names === undefined ? 'the name of a case, or "else"' : `one of: ${names.join(', ')}`;
  if (!draft.indexById.has(target)) {
    if (edge === undefined) reportTarget(draft, node, route);
    return;
  }
  if (port === undefined) {
    const isInTable = table.length > 1;
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: isInTable
        ? `${nodeLabel(node)} leads to "${target}" by several cases (${table.join(', ')}), and the edge does not say which.`
        : hasTable
          ? `The edge ${node.id} → ${target} leaves from a branch whose "branches" do not name "${target}".`
          : `The edge ${node.id} → ${target} leaves from a branch and does not say from which case.`,
      pointer: below(pointer, 'sourceHandle'),
      node: node.id,
      expected,
      ...(names === undefined
        ? {}
        : {
            didYouMean: [...names],
            suggestion: [{ op: 'add', path: below(pointer, 'sourceHandle'), value: names[0] ?? ELSE }],
          }),
    });
    return;
  }
  const where = edge === undefined ? pointer : below(pointer, 'sourceHandle');
  if (names !== undefined && !names.includes(port)) {
    const candidates = nearest(port, names);
    const [best] = candidates;
    draft.report({
      code: 'UNRESOLVED_REFERENCE',
      message: `${nodeLabel(node)} has no case "${port}", which ${edge === undefined ? 'its "branches"' : `the edge ${node.id} → ${target}`} names.${didYouMean(port, names)}`,
      pointer: where,
      node: node.id,
      expected,
      ...(best === undefined || edge === undefined
        ? {}
        : { didYouMean: candidates, suggestion: [{ op: 'replace', path: where, value: best }] }),
    });
  } else if (edge !== undefined && hasTable && !table.includes(port)) {
    draft.report({
      code: 'WORKFLOW_INVALID',
      message:
        table.length === 0
          ? `The edge ${node.id} → ${target} leaves from the case "${port}", for which "branches" of ${nodeLabel(node)} do not name "${target}".`
          : `The edge ${node.id} → ${target} leaves from the case "${port}", but "branches" of ${nodeLabel(node)} lead there from "${table.join('", "')}".`,
      pointer: where,
      node: node.id,
      expected: 'edges and "branches" that say the same',
      suggestion: [{ op: 'remove', path: below(node.dataPointer, 'branches') }],
    });
  }
}

function reportTarget(draft: Draft, node: DraftNode, { port, target, pointer }: BranchRoute): void {
  const candidates = nearNodes(draft, target);
  const [best] = candidates;
  draft.report({
    code: 'UNRESOLVED_REFERENCE',
    message: `The case "${port}" of ${nodeLabel(node)} leads to "${target}", which is no node.${nodesMeant(candidates)}`,
    pointer,
    node: node.id,
    expected: 'the id of a node',
    ...(best === undefined
      ? {}
      : { didYouMean: candidates, suggestion: [{ op: 'replace', path: pointer, value: best }] }),
  });
}
