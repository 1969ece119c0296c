import type { Json, JsonObject } from '../../core/json.ts';
import { ANSWER_CHARACTERS, cutNotice, pageOf, readCursor } from '../library/page.ts';
import type { Plan } from './plan.ts';

/**
 * A plan as an answer: all of it when it fits, else the beginning of each list with a notice how to go on; with a cursor
 * the next part of one list. Throws INVALID_INPUT for a cursor a plan does not have.
 */
export function showPlan(plan: Plan, cursor?: string): JsonObject {
  const lists: Record<ListName, readonly Json[]> = {
    nodes: plan.nodes,
    addedEdges: plan.addedEdges,
    waves: plan.waves,
    units: plan.units ?? [],
    calls: plan.calls ?? [],
    order: plan.order,
    irreversible: plan.irreversible ?? [],
    undoOnly: plan.undoOnly ?? [],
  };
  if (cursor !== undefined) {
    const { list, offset } = readCursor(cursor, listNames);
    const page = pageOf(list, lists[list], offset);
    const others = { order: [], waves: [], nodes: [], addedEdges: [], [list]: page.rows };
    return { ...head(plan), ...others, ...more([[list, page]]) };
  }
  if (JSON.stringify(plan).length <= ANSWER_CHARACTERS) return { ...plan };
  const pages = listNames.map(
    (list) => [list, pageOf(list, lists[list], 0, ANSWER_CHARACTERS * shares[list])] as const,
  );
  return { ...plan, ...Object.fromEntries(pages.map(([list, page]) => [list, page.rows])), ...more(pages) };
}

const listNames = [
  'nodes',
  'addedEdges',
  'waves',
  'units',
  'calls',
  'order',
  'irreversible',
  'undoOnly',
] as const;
type ListName = (typeof listNames)[number];

/** How the room of a first answer is shared out. */
const shares: Readonly<Record<ListName, number>> = {
  nodes: 0.35,
  addedEdges: 0.15,
  waves: 0.1,
  units: 0.1,
  calls: 0.1,
  order: 0.1,
  irreversible: 0.05,
  undoOnly: 0.05,
};

function head({ planHash, workflowId, waapiCalls, warnings, rollback = [] }: Plan): JsonObject {
  return { planHash, workflowId, waapiCalls, warnings, ...(rollback.length === 0 ? {} : { rollback }) };
}

function more(pages: readonly (readonly [ListName, ReturnType<typeof pageOf>])[]): JsonObject {
  return {
    notices: pages.flatMap(([list, page]) => cutNotice(list, page, 'workflow_compile')),
    cursors: Object.fromEntries(
      pages.flatMap(([list, { cursor }]) => (cursor === null ? [] : [[list, cursor] as const])),
    ),
  };
}
