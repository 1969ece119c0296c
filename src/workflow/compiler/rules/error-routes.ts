import { below } from '../../document/json-pointer.ts';
import { type Draft, linkPointer, nodeLabel } from '../phases/draft.ts';

/**
 * Law: what a node's onError says and where its error edges lead agree. A node with an error edge and no onError routes its
 * errors; one that routes them has somewhere to route them to.
 */
export function checkErrorRoutes(draft: Draft): void {
  const handled = new Map<number, string>();
  for (const link of draft.links) if (link.by === 'error') handled.set(link.source, linkPointer(draft, link));
  for (const node of draft.nodes) {
    const edge = handled.size === 0 ? undefined : handled.get(node.index);
    if (edge === undefined && node.onError === undefined) continue;
    const pointer = below(node.pointer, 'onError');
    node.isCaught = edge !== undefined;
    if (node.onError === 'route' && edge === undefined) {
      draft.report({
        code: 'WORKFLOW_INVALID',
        message: `Node ${nodeLabel(node)} routes its errors, but no error edge leaves from it.`,
        pointer,
        node: node.id,
        expected: 'an edge with "sourceHandle": "error", or "onError": "continue"',
        suggestion: [{ op: 'replace', path: pointer, value: 'continue' }],
      });
    }
    if (edge !== undefined && node.onError !== undefined && node.onError !== 'route') {
      draft.report({
        code: 'WORKFLOW_INVALID',
        message: `Node ${nodeLabel(node)} has "onError": "${node.onError}", so what handles its error is never reached.`,
        pointer: edge,
        node: node.id,
        expected: '"onError": "route"',
        suggestion: [{ op: 'replace', path: pointer, value: 'route' }],
      });
    }
  }
}
