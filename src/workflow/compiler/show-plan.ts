import { type AnswerList, answerList, cutNotice, readListCursor } from '../../core/answers/answer-list.ts';
import { ANSWER_BYTES, bytesOf } from '../../core/answers/budget.ts';
import type { CursorScope } from '../../core/answers/cursor.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Plan } from './plan.ts';

/**
 * A plan as an answer: all of it when it fits, else the beginning of each list with a notice how to go on; with a cursor
 * the next part of one list. Throws INVALID_INPUT for a cursor a plan does not have.
 */
export function showPlan(plan: Plan, { cursor, verbose = true, beside = {} }: PlanView = {}): JsonObject {
  const lists: Record<ListName, readonly Json[]> = verbose ? allOf(plan) : leanOf(plan);
  const scope: CursorScope = ['workflow_compile', plan.planHash, ...(verbose ? [] : ['lean'])];
  if (cursor !== undefined) {
    const { list, offset } = readListCursor(scope, cursor, listNames);
    const page = answerList(scope, list, lists[list], offset);
    const others = verbose
      ? { order: [], waves: [], nodes: [], addedEdges: [], [list]: page.rows }
      : { [list]: page.rows };
    return { ...head(plan, verbose), ...others, ...more([[list, page]]) };
  }
  if (!verbose) {
    const pages = leanLists.map(
      (list) => [list, answerList(scope, list, lists[list], 0, ANSWER_BYTES * leanShares[list])] as const,
    );
    const rows = pages.flatMap(([list, page]) => (page.rows.length === 0 ? [] : [[list, page.rows]]));
    return { ...head(plan, verbose), ...beside, ...Object.fromEntries(rows), ...more(pages) };
  }
  if (bytesOf(plan) <= ANSWER_BYTES) return { ...plan, ...beside };
  const pages = listNames.map(
    (list) => [list, answerList(scope, list, lists[list], 0, ANSWER_BYTES * shares[list])] as const,
  );
  const rows = Object.fromEntries(pages.map(([list, page]) => [list, page.rows]));
  return { ...plan, ...beside, ...rows, ...more(pages) };
}

/** What of a plan to show. */
export interface PlanView {
  readonly cursor?: string | undefined;
  /** All of it, as it is kept and hashed. */
  readonly verbose?: boolean | undefined;
  /** What is known of it that it does not hold itself. */
  readonly beside?: JsonObject | undefined;
}

function allOf(plan: Plan): Record<ListName, readonly Json[]> {
  return {
    nodes: plan.nodes,
    addedEdges: plan.addedEdges,
    waves: plan.waves,
    units: plan.units ?? [],
    calls: plan.calls ?? [],
    order: plan.order,
    irreversible: plan.irreversible ?? [],
    undoOnly: plan.undoOnly ?? [],
  };
}

/** What the compiler added to what its author wrote: of nodes the inputs that it wired, of the order the waves. */
function leanOf(plan: Plan): Record<ListName, readonly Json[]> {
  const wired = plan.nodes.flatMap(({ id, wiring }) => {
    const automatic = wiring.filter(({ auto }) => auto).map(({ input, from }) => [input, from] as const);
    return automatic.length === 0 ? [] : [{ id, wired: Object.fromEntries(automatic) }];
  });
  return { ...allOf(plan), nodes: wired, units: [], calls: [], order: [] };
}

const leanLists = ['waves', 'nodes', 'addedEdges', 'irreversible', 'undoOnly'] as const;

const leanShares: Readonly<Record<(typeof leanLists)[number], number>> = {
  waves: 0.25,
  nodes: 0.35,
  addedEdges: 0.2,
  irreversible: 0.1,
  undoOnly: 0.1,
};

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

function head(plan: Plan, verbose: boolean): JsonObject {
  const { planHash, workflowId, waapiCalls, perItem, warnings, normalised, rollback = [] } = plan;
  // That everything a kind does is rolled back goes without saying.
  const said = verbose ? rollback : rollback.filter(({ except, never }) => (except ?? never) !== undefined);
  const items = perItem === undefined ? {} : { perItem };
  return {
    planHash,
    workflowId,
    waapiCalls,
    ...items,
    warnings,
    ...(normalised === undefined ? {} : { normalised: [...normalised] }),
    ...(said.length === 0 ? {} : { rollback: said }),
  };
}

function more(pages: readonly (readonly [ListName, AnswerList<Json>])[]): JsonObject {
  return {
    notices: pages.flatMap(([list, page]) => cutNotice(list, page, 'workflow_compile')),
    cursors: Object.fromEntries(
      pages.flatMap(([list, { cursor }]) => (cursor === null ? [] : [[list, cursor] as const])),
    ),
  };
}
