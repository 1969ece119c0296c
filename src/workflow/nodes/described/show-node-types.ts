import { answerList, cutNotice, readListCursor } from '../../../core/answers/answer-list.ts';
import type { CursorScope } from '../../../core/answers/cursor.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { NodeKind } from '../node-kind.ts';
import { nodeDetails } from './node-details.ts';
import { signatureOf } from './signature.ts';

/** What to show of the catalogue. */
export interface NodeTypesView {
  /** The signatures of this toolset. */
  readonly toolset?: string | undefined;
  /** All about these types, or about those of these toolsets. */
  readonly types?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
}

/** What each toolset is for, by its name. */
export type Purposes = Readonly<Record<string, string>>;

/**
 * The node types as an answer: the toolsets with the names of their types; or the signatures of one toolset; or, of the types
 * named, all of it. What does not fit comes with the cursor.
 * @throws WwiseFlowError INVALID_INPUT for a type or toolset that does not exist, or a cursor of another list.
 */
export function showNodeTypes(
  kinds: readonly NodeKind[],
  view: NodeTypesView,
  purposes: Purposes,
): JsonObject {
  const { toolset, types } = view;
  if (toolset !== undefined) {
    const found = named(toolset, kinds, (kind) => [kind.toolset]);
    return { toolset, ...listed('signatures', found.map(signatureOf), view, SIGNATURE_BYTES) };
  }
  if (types !== undefined) {
    const found = types.flatMap((type) =>
      named(type, kinds, (kind) => [kind.type, ...kind.aliases, kind.toolset]),
    );
    return listed('nodeTypes', found.map(nodeDetails), view);
  }
  return {
    ...listed('toolsets', toolsetsOf(kinds, purposes), view),
    next: 'Give toolset for signatures, types for details.',
  };
}

/** The signatures of every kind, by toolset. */
export function allSignatures(kinds: readonly NodeKind[], purposes: Purposes): JsonObject {
  return Object.fromEntries(
    [...groupsOf(kinds)].map(([toolset, members]) => [
      toolset,
      { ...purposeOf(toolset, purposes), signatures: members.map(signatureOf) },
    ]),
  );
}

/** What the signatures of one page may take, in bytes: with what stands around them they make at most 1,500. */
const SIGNATURE_BYTES = 1_250;

function toolsetsOf(kinds: readonly NodeKind[], purposes: Purposes): JsonObject[] {
  return [...groupsOf(kinds)].map(([toolset, members]) => ({
    toolset,
    ...purposeOf(toolset, purposes),
    types: members.map(({ type }) => type).join(' '),
  }));
}

function purposeOf(toolset: string, purposes: Purposes): { readonly purpose?: string } {
  const purpose = purposes[toolset];
  return purpose === undefined ? {} : { purpose };
}

/** In the order of the toolsets' first types. */
function groupsOf(kinds: readonly NodeKind[]): ReadonlyMap<string, readonly NodeKind[]> {
  const groups = new Map<string, NodeKind[]>();
  for (const kind of kinds) groups.set(kind.toolset, [...(groups.get(kind.toolset) ?? []), kind]);
  return groups;
}

function listed(
  list: 'toolsets' | 'signatures' | 'nodeTypes',
  rows: readonly Json[],
  { toolset, types, cursor }: NodeTypesView,
  bytes?: number,
): JsonObject {
  const scope: CursorScope = [
    'workflow_node_types',
    toolset ?? null,
    types === undefined ? null : [...types],
  ];
  const offset = cursor === undefined ? 0 : readListCursor(scope, cursor, [list]).offset;
  const page = answerList(scope, list, rows, offset, bytes);
  const what = { toolsets: 'toolsets', signatures: 'signatures', nodeTypes: 'node types' }[list];
  const notices = cutNotice(what, page, 'workflow_node_types');
  return {
    [list]: page.rows,
    total: page.total,
    cursor: page.cursor,
    ...(notices.length === 0 ? {} : { notices }),
  };
}

function named(
  wanted: string,
  kinds: readonly NodeKind[],
  namesOf: (kind: NodeKind) => readonly string[],
): readonly NodeKind[] {
  const found = kinds.filter((kind) => namesOf(kind).includes(wanted));
  if (found.length > 0) return found;
  const known = new Set(kinds.flatMap(namesOf));
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `There is no node type or toolset "${wanted}".${didYouMean(wanted, known)}`,
    { hint: 'Call workflow_node_types without arguments: it names all.', details: { types: [wanted] } },
  );
}
