import { below } from '../../document/json-pointer.ts';
import type { CheckedNode, NodeGraph } from '../node-kind.ts';

/**
 * Law of a kind with variants: a node has no member that its variant does not read, and has all of one group that it needs. Nothing
 * is said where a reference stands for the variant.
 */
export function checkMembers(
  { id, type, input, dataPointer }: CheckedNode,
  graph: NodeGraph,
  variant: string,
  members: Readonly<Record<string, readonly string[]>>,
  needed: Readonly<Record<string, readonly (readonly string[])[]>>,
): void {
  const chosen = String(input[variant]);
  const known = members[chosen];
  if (known === undefined) return;
  for (const name of Object.keys(input)) {
    const owners = Object.keys(members).filter((other) => members[other]?.includes(name) === true);
    // What no variant has is unknown, which the schema says.
    if (owners.length === 0 || known.includes(name)) continue;
    const pointer = below(dataPointer, name);
    graph.report({
      code: 'WORKFLOW_INVALID',
      message: `Node ${id} (${type}): "${name}" is not read with ${variant} "${chosen}" but with ${owners.join(', ')}.`,
      pointer,
      node: id,
      expected: `one of: ${known.join(', ')}`,
      suggestion: [{ op: 'remove', path: pointer }],
    });
  }
  const groups = needed[chosen] ?? [];
  const isComplete = groups.some((group) => group.every((name) => input[name] !== undefined));
  const [first] = groups;
  if (isComplete || first === undefined) return;
  const wanted = groups.map((group) => group.map((name) => `"${name}"`).join(' and ')).join(' or ');
  graph.report({
    code: 'MISSING_INPUT',
    message: `Node ${id} (${type}) with ${variant} "${chosen}" needs ${wanted}.`,
    pointer: below(dataPointer, first[0] ?? ''),
    node: id,
    expected: wanted,
  });
}
