import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { didYouMean } from '../../core/nearest.ts';
import { cutNotice, pageOf, readCursor } from '../library/page.ts';
import type { NodeKind } from './node-kind.ts';
import { type NodeType, nodeTypes } from './node-types.ts';

/**
 * The node types as an answer: every type with what it is for, or, of the types and toolsets named, all of it. What does
 * not fit comes with the cursor.
 * @throws WwiseFlowError INVALID_INPUT for a type that does not exist, or a cursor of another list.
 */
export function showNodeTypes(
  kinds: readonly NodeKind[],
  { types, cursor }: { readonly types?: readonly string[] | undefined; readonly cursor?: string | undefined },
): JsonObject {
  const all = nodeTypes(kinds);
  const rows: readonly JsonObject[] =
    types === undefined ? all.map(briefly) : types.flatMap((named) => called(named, all));
  const { offset } = cursor === undefined ? { offset: 0 } : readCursor(cursor, ['nodeTypes']);
  const page = pageOf('nodeTypes', rows, offset);
  const notices = cutNotice('node types', page, 'workflow_node_types');
  return {
    nodeTypes: page.rows,
    total: page.total,
    cursor: page.cursor,
    ...(notices.length === 0 ? {} : { notices }),
    ...(types === undefined ? { next: 'Give types for the inputs and outputs of those you need.' } : {}),
  };
}

function briefly({ type, toolset, effect, description }: NodeType): JsonObject {
  return { type, toolset, effect, description };
}

function called(named: string, all: readonly NodeType[]): readonly NodeType[] {
  const found = all.filter(({ type, alias, toolset }) => [type, alias, toolset].includes(named));
  if (found.length > 0) return found;
  const known = all.flatMap(({ type, alias, toolset }) => [type, alias, toolset]);
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `There is no node type or toolset "${named}".${didYouMean(named, new Set(known))}`,
    { hint: 'Call workflow_node_types without types: it lists all.', details: { types: [named] } },
  );
}
