import type { PlannedBatch } from '../../../../core/backend/planned-batch.ts';
import type { BatchedUnit, Draft, DraftNode, PlannedCall } from '../draft.ts';
import { linksInto } from '../links-into.ts';
import { isExpression, plainReference, readsIn } from '../references/expression-reads.ts';

/**
 * Puts neighbours in the order of execution together where their kinds can share calls. A unit is an unbroken
 * stretch of that order, so no path leaves it and comes back, and what stands between two nodes stays between them:
 * a read sees the project as it would without batching. Linear.
 */
export function batchNodes(draft: Draft): void {
  const units: number[][] = [];
  /** By the index of a node, which unit it is in, counted from 1. */
  const unitOf = new Int32Array(draft.nodes.length);
  let isOpen = false;
  for (const index of draft.order) {
    const node = draft.nodes[index];
    const canBatch = batchOf(node, draft) !== undefined;
    const last = units.at(-1);
    if (
      canBatch &&
      isOpen &&
      last !== undefined &&
      !computesFrom(node, draft, (source) => unitOf[source] === units.length) &&
      !isDecidedBy(node, draft, (source) => unitOf[source] === units.length)
    )
      last.push(index);
    else units.push([index]);
    if (canBatch && node !== undefined)
      node.sharing = isOpen && units.at(-1)?.length === 1 ? 'begins' : 'joins';
    unitOf[index] = units.length;
    isOpen = canBatch;
  }
  if (!units.some((nodeIndexes) => nodeIndexes.length > 1)) return;
  draft.units = units.map(
    (nodeIndexes, unit): BatchedUnit => ({ nodeIndexes, calls: plannedCalls(unit, nodeIndexes, draft) }),
  );
}

/** Whether one of these must have ended before it is known that the node is executed. */
function isDecidedBy(
  node: DraftNode | undefined,
  draft: Draft,
  isInside: (source: number) => boolean,
): boolean {
  return node?.condition !== undefined && linksInto(draft, node).some(({ source }) => isInside(source));
}

/** A node with a policy of its own about failures must fail, and be tried again, alone; so must one that is held to schemas. */
function batchOf(node: DraftNode | undefined, { workflow }: Draft): PlannedBatch | undefined {
  const batch = node?.shape?.kind.batch;
  if (node === undefined || batch === undefined) return undefined;
  const { retry, timeoutMs, onError, isCaught, options, input } = node;
  const readsError = node.references.some(({ target }) => target.kind === 'error');
  // What all nodes have says nothing of this one.
  const ownRetry = retry === workflow.retry ? undefined : retry;
  if (
    isCaught ||
    readsError ||
    [ownRetry, timeoutMs, onError, options].some((policy) => policy !== undefined)
  )
    return undefined;
  // What shared calls give back and report is not looked through for secrets.
  if (node.references.some((one) => isExpression(one) && one.target.expression.names.has('secrets')))
    return undefined;
  return batch.accepts?.(input) === false ? undefined : batch;
}

/** Whether an expression works something out from what another node of the unit gives: shared calls know outputs by reference only. */
function computesFrom(
  node: DraftNode | undefined,
  { indexById }: Draft,
  isInside: (source: number) => boolean,
): boolean {
  return (node?.references ?? []).some((reference) => {
    if (node === undefined || !isExpression(reference)) return false;
    if (plainReference(node, reference) !== undefined) return false;
    return readsIn(node, reference).some(
      ({ target }) => target.kind === 'output' && isInside(indexById.get(target.node) ?? -1),
    );
  });
}

/**
 * What a unit takes when nothing is split: what is asked ahead, then for each step of nodes that wait for answers of the step
 * before the changes and, where their answers do not show what became of them, what reads it back.
 */
function plannedCalls(unit: number, nodeIndexes: readonly number[], draft: Draft): readonly PlannedCall[] {
  if (nodeIndexes.length < 2) return [];
  const calls: PlannedCall[] = [];
  const add = (uris: readonly (string | undefined)[]): void => {
    for (const [uri, nodes] of counted(uris)) calls.push({ unit, uri, nodes });
  };
  const batchesOf = (some: readonly number[]) =>
    some
      .flatMap((index) => batchOf(draft.nodes[index], draft)?.calls ?? [])
      .toSorted((one, other) => one.order - other.order);
  add(batchesOf(nodeIndexes).map(({ ahead }) => ahead));
  for (const step of stepsOf(nodeIndexes, draft)) {
    const batches = batchesOf(step);
    add(batches.map(({ change }) => change));
    add(batches.map(({ readBack }) => readBack));
  }
  return calls;
}

/** How many ask for each call, in the order in which the first of them does. */
function counted(uris: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const uri of uris) if (uri !== undefined) counts.set(uri, (counts.get(uri) ?? 0) + 1);
  return counts;
}

/** A node goes one step after those whose output it must see; what an input says ahead need not be waited for. */
function stepsOf(nodeIndexes: readonly number[], draft: Draft): readonly (readonly number[])[] {
  const { nodes, indexById } = draft;
  const stepOf = new Map<number, number>();
  /** Of a node whose object goes through it: its step, and where its output names that object. */
  const namesAhead = new Map<number, { readonly step: number; readonly outputs: readonly string[] }>();
  const steps: number[][] = [];
  for (const index of nodeIndexes) {
    const node = nodes[index];
    let step = 0;
    for (const { from } of node?.wiring ?? []) {
      const [, sourceId = '', member = ''] = /^\$from:(.+?):\$output:(.*)$/.exec(from) ?? [];
      const source = indexById.get(sourceId);
      const own = source === undefined ? undefined : stepOf.get(source);
      if (source === undefined || own === undefined) continue;
      const ahead = namesAhead.get(source);
      step = Math.max(step, ahead?.outputs.includes(member) === true ? ahead.step : own + 1);
    }
    stepOf.set(index, step);
    const same = batchOf(node, draft)?.sameObject;
    if (same !== undefined && node?.input[same.input] !== undefined)
      namesAhead.set(index, { step, outputs: same.outputs });
    const open = steps[step];
    if (open === undefined) steps[step] = [index];
    else open.push(index);
  }
  return steps;
}
