import { readEdges } from '../../../document/edges.ts';
import { below } from '../../../document/json-pointer.ts';
import { parsedIfText } from '../../../document/json-text.ts';
import { readNodes } from '../../../document/nodes.ts';
import type { Workflow } from '../../../document/workflow.ts';
import type { NodeEffect, NodeKind } from '../../../nodes/node-kind.ts';
import { added, type Draft, type DraftNode, startDraft, startNode } from '../draft.ts';
import { batchNodes } from '../order/batch-nodes.ts';
import { orderEffects } from '../order/order-effects.ts';
import { includedPath } from '../subworkflows/included-path.ts';
import { RESULT } from './body-result.ts';
import { resultShape } from './stand-ins.ts';

/**
 * Compiles what stands inside of nodes, by the same phases and rules as the whole. What it reads of nodes around it the node
 * waits for; what it does to the project is what the node does.
 */
export function* compileBodies(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    if (node.shape?.kind.body !== 'loop' || node.isOutside) continue;
    const problems = draft.problems.length;
    const inner = startDraft(bodyOf(draft, node), draft.commands, draft.problems, {
      isLoopBody: true,
      outer: { draft, node },
      runSteps: draft.runSteps,
      inclusion: { ...draft.inclusion, path: includedPath(draft) },
    });
    node.body = inner;
    addResult(inner, node, node.shape.kind);
    checkIds(draft, node, `${node.id}[`);
    yield* draft.runSteps(inner);
    for (const warning of inner.warnings) draft.warnings.push(`In ${node.id}: ${warning}`);
    waitForRead(node, inner);
    if (draft.problems.length > problems) continue;
    orderEffects(inner);
    batchNodes(inner);
    takeEffect(node, inner);
    yield;
  }
}

function bodyOf(draft: Draft, node: DraftNode): Workflow {
  const { data, dataPointer, id } = node;
  const { workflow } = draft;
  const read = readNodes(data.nodes, draft.report, dataPointer);
  const { retry } = workflow;
  const { indexById } = read;
  const nodes =
    retry === undefined ? read.nodes : read.nodes.map((node) => ({ ...node, retry: node.retry ?? retry }));
  return {
    ...{ workflowId: `${workflow.workflowId}/${id}`, inputs: workflow.inputs, nodes, indexById },
    ...{ vars: workflow.vars, globals: workflow.globals },
    ...(workflow.retry === undefined ? {} : { retry: workflow.retry }),
    ...(workflow.policies === undefined ? {} : { policies: workflow.policies }),
    ...(workflow.schemas === undefined ? {} : { schemas: workflow.schemas }),
    edges: readEdges(data.edges, draft.report, dataPointer),
  };
}

/** What an item gives is read where all its nodes have ended, as if by a node. */
export function addResult(
  inner: Draft,
  {
    data: { output },
    type,
    pointer,
    dataPointer,
  }: Pick<DraftNode, 'data' | 'type' | 'pointer' | 'dataPointer'>,
  kind: NodeKind,
): void {
  if (output === undefined) return;
  const policies = {
    onError: undefined,
    retry: undefined,
    timeoutMs: undefined,
    options: undefined,
    when: undefined,
  };
  const node = startNode(
    { ...{ id: RESULT, type, data: {}, pointer, dataPointer }, ...policies },
    inner.nodes.length,
  );
  node.isOutside = true;
  node.shape = resultShape(kind);
  node.input = { output: parsedIfText(output) };
  inner.indexById.set(RESULT, node.index);
  inner.nodes.push(node);
}

/** Nodes of items are called `loop[3].step`, those of sub-workflows `sub.step`: no other node may be. */
export function checkIds(draft: Draft, { id }: DraftNode, prefix: string): void {
  for (const other of draft.nodes) {
    if (!other.id.startsWith(prefix) || other.isOutside) continue;
    draft.report({
      code: 'WORKFLOW_INVALID',
      message: `The id "${other.id}" could be that of a node ${prefix.endsWith('[') ? 'of an item of' : 'inside'} "${id}".`,
      pointer: below(other.pointer, 'id'),
      node: other.id,
      expected: `an id that does not begin with "${prefix}"`,
    });
  }
}

/** The node waits for what its inside reads around it. */
function waitForRead(node: DraftNode, inner: Draft): void {
  for (const { id, isOutside } of inner.nodes) {
    if (!isOutside || id === node.id || id === RESULT) continue;
    node.outerReads = added(node.outerReads, id);
  }
}

/** As strong as the strongest inside. */
export function takeEffect(node: DraftNode, inner: Draft): void {
  const effects = new Set(
    inner.nodes.flatMap(({ shape, isOutside }) => (isOutside ? [] : (shape?.kind.effect ?? []))),
  );
  const effect = strongest.find((known) => effects.has(known)) ?? 'none';
  const { shape } = node;
  if (shape === undefined || effect === 'none') return;
  node.shape = { ...shape, kind: { ...shape.kind, effect } };
}

const strongest: readonly NodeEffect[] = ['barrier', 'destroy', 'update', 'create', 'read'];
