import { answerList, cutNotice, readListCursor } from '../../core/answers/answer-list.ts';
import { ANSWER_BYTES, bytesOf, LIST_BYTES } from '../../core/answers/budget.ts';
import type { CursorScope } from '../../core/answers/cursor.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../core/json.ts';

/**
 * A workflow with its document, as `get` of the library gives it, or as much of the document as makes one answer: of one that is
 * too long first the nodes, then the edges, and the cursor that goes on. Throws INVALID_INPUT for a cursor of another workflow.
 */
export function showWorkflow(found: JsonObject, cursor?: string): JsonObject {
  if (cursor === undefined && bytesOf(found) <= ANSWER_BYTES) return found;
  const { document, ...about } = found;
  const { nodes, edges, ...head } = asJsonObject(document);
  const scope: CursorScope = ['workflow_get', about.workflowId ?? '', about.version ?? null];
  const rows = [
    ...asJsonArray(nodes).map((node) => ({ node })),
    ...asJsonArray(edges).map((edge) => ({ edge })),
  ];
  const { offset } = cursor === undefined ? { offset: 0 } : readListCursor(scope, cursor, ['rows']);
  const room = LIST_BYTES - (cursor === undefined ? bytesOf({ ...about, ...head }) : 0);
  const list = answerList(scope, 'rows', rows, offset, room);
  const part = {
    nodes: list.rows.flatMap((row) => ('node' in row ? [row.node] : [])),
    edges: list.rows.flatMap((row) => ('edge' in row ? [row.edge] : [])),
  };
  return {
    ...(cursor === undefined ? about : { workflowId: about.workflowId ?? '' }),
    document: cursor === undefined ? { ...head, ...part } : part,
    cursor: list.cursor,
    notices: cutNotice('nodes and edges', list, 'workflow_get'),
  };
}
