import { didYouMean } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import type { Draft, DraftNode } from '../phases/draft.ts';

/** Law: a workflow has no node of a type that its policies forbid, under whatever name. A type that there is not forbids nothing: that is an error. */
export function checkPolicies(draft: Draft): void {
  const { forbidden = [] } = draft.workflow.policies ?? {};
  const kinds = new Map(forbidden.map((name, index) => [draft.kinds.find(name)?.type, index] as const));
  for (const [index, name] of forbidden.entries()) {
    if (draft.outer !== undefined || draft.kinds.find(name) !== undefined) continue;
    draft.report({
      code: 'UNKNOWN_COMMAND',
      message: `The policies forbid "${name}", which is no type of node.${didYouMean(
        name,
        draft.kinds.all.map(({ type }) => type),
      )}`,
      pointer: below('/policies/forbidden', index),
      expected: 'a type that workflow_node_types lists',
    });
  }
  if (kinds.size > 0) for (const node of draft.nodes) checkNode(draft, node, node, kinds);
}

/** `at`: the node of this workflow that it is, or is inside of. */
function checkNode(draft: Draft, at: DraftNode, node: DraftNode, forbidden: Forbidden): void {
  const kind = node.shape?.kind.type;
  if (node.isOutside || kind === undefined) return;
  for (const inner of node.body?.nodes ?? []) checkNode(draft, at, inner, forbidden);
  if (!forbidden.has(kind)) return;
  const inside = at === node ? '' : ` inside of "${at.id}"`;
  draft.report({
    code: 'POLICY_VIOLATED',
    message: `Node "${node.id}" (${node.type})${inside}: the policies of the workflow forbid ${kind}.`,
    pointer: below(at.pointer, 'type'),
    node: at.id,
    expected: 'another type of node',
  });
}

type Forbidden = ReadonlyMap<string | undefined, number>;
