import { createMinHeap } from '../../../core/turns/min-heap.ts';
import type { Plan, PlanBody, PlanNode } from '../../compiler/plan.ts';
import { nameInBody } from '../loops/unroll.ts';

/** Nodes executed together: one, or a batched group. */
export interface PlanUnit {
  readonly index: number;
  readonly nodes: readonly PlanNode[];
}

/** Says what may begin. Everything that changes the project runs alone, in plan order; reads between two changes overlap. */
export interface Schedule {
  readonly unitCount: number;
  /** The next unit that may begin, in plan order; it counts as begun. */
  take(): PlanUnit | undefined;
  /** Ends a unit: what waited for it alone may begin. */
  finish(unit: PlanUnit): void;
  /** Puts nodes before a unit that was taken: it may begin again once they all are finished. `batched` and `heads` as of a plan's body. */
  open(unit: PlanUnit, nodes: readonly PlanNode[], body: Pick<PlanBody, 'batched' | 'heads'>): void;
}

/**
 * Prepares a plan for running. Beside the plan's own edges a change waits for every read before it and a read for the last
 * change before it: so a run gives the same project and the same answers whatever its concurrency, even where an author
 * relied on the order of the document and drew no edge. What does not look at the project waits for the last change too, and
 * holds up nobody. On one connection it costs nothing: changes go out alone anyway.
 */
export function createSchedule(plan: Plan): Schedule {
  const units = [...unitsOf(plan)];
  const waiting: number[] = units.map(() => 0);
  const followers: number[][] = units.map(() => []);
  const join = (source: number, target: number): void => {
    followers[source]?.push(target);
    waiting[target] = (waiting[target] ?? 0) + 1;
  };
  joinByPlan(units, join);
  joinByEffect(units, join);
  const ready = createMinHeap();
  for (const { index } of units) if (waiting[index] === 0) ready.push(index);
  const open: Schedule['open'] = (unit, nodes, body) => {
    const inside = grouped(nodes, body, units.length);
    for (const added of inside) {
      units.push(added);
      waiting.push(0);
      followers.push([unit.index]);
    }
    waiting[unit.index] = inside.length;
    joinByPlan(inside, join);
    joinByEffect(inside, join);
    for (const { index } of inside.length === 0 ? [unit] : inside)
      if (waiting[index] === 0) ready.push(index);
  };
  return {
    open,
    unitCount: units.length,
    take: () => {
      const index = ready.pop();
      return index === undefined ? undefined : units[index];
    },
    finish: ({ index }) => {
      for (const follower of followers[index] ?? []) {
        const left = (waiting[follower] ?? 0) - 1;
        waiting[follower] = left;
        if (left === 0) ready.push(follower);
      }
    },
  };
}

/** Nodes of a loop in units: likes of several items share calls. */
function grouped(
  nodes: readonly PlanNode[],
  { batched = [], heads = [] }: Pick<PlanBody, 'batched' | 'heads'>,
  from: number,
): readonly PlanUnit[] {
  const [may, begins] = [new Set(batched), new Set(heads)];
  const units: PlanNode[][] = [];
  let isOpen = false;
  let before = '';
  for (const node of nodes) {
    const name = nameInBody(node);
    const last = units.at(-1);
    const canJoin = may.has(name) && (name === before || !begins.has(name));
    if (canJoin && isOpen && last !== undefined) last.push(node);
    else units.push([node]);
    isOpen = may.has(name);
    before = name;
  }
  return units.map((some, at) => ({ index: from + at, nodes: some }));
}

/** The plan's units when they are in an order that its edges allow, else one unit per node. */
function unitsOf(plan: Plan): readonly PlanUnit[] {
  const single = () => plan.nodes.map((node, index) => ({ index, nodes: [node] }));
  const { units } = plan;
  if (units === undefined) return single();
  const byId = new Map(plan.nodes.map((node) => [node.id, node]));
  const batched: PlanUnit[] = [];
  for (const ids of units) {
    const nodes = ids.flatMap((id) => byId.get(id) ?? []);
    // A node with a policy of its own about failures must fail, and be tried again, alone.
    const groups = nodes.length > 1 && nodes.some(hasOwnPolicy) ? nodes.map((node) => [node]) : [nodes];
    for (const group of groups) batched.push({ index: batched.length, nodes: group });
  }
  const unitOf = new Map(batched.flatMap(({ index, nodes }) => nodes.map(({ id }) => [id, index] as const)));
  const isOrdered = plan.nodes.every((node) =>
    sourcesOf(node).every((source) => (unitOf.get(source) ?? -1) <= (unitOf.get(node.id) ?? -1)),
  );
  return isOrdered && unitOf.size === plan.nodes.length ? batched : single();
}

function hasOwnPolicy({ retry, timeoutMs, onError, catches }: PlanNode): boolean {
  return [retry, timeoutMs, onError, catches].some((policy) => policy !== undefined);
}

function sourcesOf({ after, fences = [], catches = [] }: PlanNode): readonly string[] {
  return fences.length + catches.length === 0 ? after : [...after, ...fences, ...catches];
}

function joinByPlan(units: readonly PlanUnit[], join: (source: number, target: number) => void): void {
  const unitOf = new Map<string, number>();
  for (const { index, nodes } of units) for (const { id } of nodes) unitOf.set(id, index);
  for (const { index, nodes } of units) {
    for (const node of nodes) {
      for (const id of sourcesOf(node)) {
        const source = unitOf.get(id);
        if (source !== undefined && source !== index) join(source, index);
      }
    }
  }
}

function joinByEffect(units: readonly PlanUnit[], join: (source: number, target: number) => void): void {
  let lastChange: number | undefined;
  let reads: number[] = [];
  for (const { index, nodes } of units) {
    if (lastChange !== undefined) join(lastChange, index);
    if (nodes.every(({ effect }) => effect === 'none')) continue;
    if (nodes.every(({ effect }) => effect === 'read')) reads.push(index);
    else {
      for (const read of reads) join(read, index);
      reads = [];
      lastChange = index;
    }
  }
}
