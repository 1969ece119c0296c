import { asString, type Json } from '../../../core/json.ts';
import type { PlanBody, PlanNode } from '../../compiler/plan.ts';
import { idInLoop, idInRun, type LoopScope, loopScopeOf, putInScope } from './loop-scope.ts';

/** A loop as its items are known: how many there are, and which, where they are at hand. */
export interface Unrolled {
  readonly count: number;
  readonly items: readonly Json[] | undefined;
}

/** The nodes that stand for a loop, in the order of execution, and what they are made of. */
export interface Iterations {
  readonly scopes: readonly LoopScope[];
  readonly nodes: readonly PlanNode[];
}

/**
 * The nodes of a loop's items, in order. Step by step, first that of all items, so that likes are neighbours and share calls; with a
 * limit to the items under way at once group by group, each waiting for the one before.
 */
export function unroll(loop: PlanNode, body: PlanBody, { count, items }: Unrolled): Iterations {
  const names = new Set(body.nodes.map(({ id }) => id));
  const around = loopScopeOf(loop);
  const name = nameInBody(loop);
  const { workflow } = body;
  const isTolerant = itemsMayFail(loop);
  const toleratesFailures = isTolerant || loop.onError !== undefined || around?.toleratesFailures === true;
  const scopes = Array.from({ length: count }, (_, at): LoopScope => {
    const item = items?.[at];
    const index = workflow === undefined ? at : undefined;
    return { loop: loop.id, name, index, item, around, workflow, names, toleratesFailures };
  });
  const { concurrency } = loop.input;
  const size = typeof concurrency === 'number' ? concurrency : Math.max(1, count);
  const nodes: PlanNode[] = [];
  for (let first = 0; first < count; first += size) {
    const group = scopes.slice(first, first + size);
    for (const step of body.nodes)
      for (const scope of group) nodes.push(inScope(step, scope, loop, body, first === 0 ? 0 : size));
  }
  return { scopes, nodes };
}

/** Whether an item of a loop may fail without it. */
export function itemsMayFail({ input }: PlanNode): boolean {
  return asString(input.onItemError) === 'continue';
}

/** A step of the body as a node of the run. `lag`: how many items before, the one is that it waits for. */
function inScope(step: PlanNode, scope: LoopScope, loop: PlanNode, body: PlanBody, lag: number): PlanNode {
  const at = (id: string): string => idInLoop(scope, id);
  const isFirst = step.after.length === 0;
  const waits =
    lag === 0 || !isFirst
      ? []
      : body.nodes.map(({ id }) => idInLoop({ loop: loop.id, index: (scope.index ?? 0) - lag }, id));
  const fences = [...(step.fences ?? []).map(at), ...waits];
  const { inputFrom, routes, flow, joins, catches } = step;
  const node: PlanNode = {
    ...step,
    id: at(step.id),
    // What the loop needed its first steps need.
    after: isFirst ? loop.after : step.after.map(at),
    ...(fences.length === 0 ? {} : { fences }),
    ...(catches === undefined ? {} : { catches: catches.map(at) }),
    ...(flow === undefined ? {} : { flow: flow.map(at) }),
    ...(joins === undefined ? {} : { joins: joins.map(at) }),
    ...(routes === undefined
      ? {}
      : { routes: routes.map(({ source, port }) => ({ source: at(source), port })) }),
    ...(inputFrom === undefined ? {} : { inputFrom: idInRun(scope, inputFrom) ?? inputFrom }),
  };
  putInScope(node, scope);
  return node;
}

/** The ids of the loops and sub-workflows that a node of the run belongs to, from the outside. */
export function loopsAround(node: PlanNode): readonly string[] {
  const loops: string[] = [];
  for (let at = loopScopeOf(node); at !== undefined; at = at.around) loops.unshift(at.loop);
  return loops;
}

/** How a node of the run is called where it is written. */
export function nameInBody(node: PlanNode): string {
  const scope = loopScopeOf(node);
  return scope === undefined ? node.id : node.id.slice(idInLoop(scope, '').length);
}
