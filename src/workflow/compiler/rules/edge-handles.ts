import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { plainHandles } from '../../document/presentation.ts';
import type { WorkflowEdge } from '../../document/workflow.ts';
import { errorFields, errorReference } from '../../expressions/reference.ts';
import { type Draft, type DraftNode, nodeLabel } from '../phases/draft.ts';
import { endsOf, inputOf, outputOf, portOf } from '../phases/edges/edge-ports.ts';
import { membersOf } from '../schema/schema-kinds.ts';

/**
 * Law: a handle names an output or a port of the source, respectively an input of the target, or merely a side of the node.
 * An edge that is followed when its source fails hands nothing on, so that it leads to no input.
 */
export function checkEdgeHandles(draft: Draft): void {
  for (const edge of draft.workflow.edges) {
    const [source, target] = endsOf(draft, edge);
    if (source === undefined || target === undefined) continue;
    if (portOf(edge, source) === 'error') {
      checkErrorTarget(draft, edge, target);
      continue;
    }
    // What leaves from a branch is looked at by a rule of its own.
    if (source.routes === undefined) checkSourceHandle(draft, edge, source);
    checkTargetHandle(draft, edge, target);
  }
}

function checkErrorTarget({ report }: Draft, edge: WorkflowEdge, target: DraftNode): void {
  const { source, targetHandle: handle } = edge;
  if (handle === undefined || plainHandles.has(handle)) return;
  const pointer = below(edge.pointer, 'targetHandle');
  const read = errorFields.map((field) => errorReference(source, field)).join(', ');
  report({
    code: 'WORKFLOW_INVALID',
    message: `The edge ${source} → ${edge.target} is followed when ${source} fails and hands nothing on, but names the input "${handle}" of ${nodeLabel(target)}.`,
    pointer,
    node: target.id,
    expected: `null; an input may read ${read}`,
    suggestion: [{ op: 'remove', path: pointer }],
  });
}

function checkSourceHandle(draft: Draft, edge: WorkflowEdge, source: DraftNode): void {
  const { sourceHandle: handle } = edge;
  if (handle === undefined || source.shape === undefined || plainHandles.has(handle)) return;
  if (outputOf(edge, source) !== undefined) return;
  const { output, ports } = source.shape.kind;
  const outputs = Object.keys(membersOf(output, 'output') ?? {});
  refuse(draft, edge, 'sourceHandle', handle, `${nodeLabel(source)} has no output or port`, [
    ...new Set([...outputs, ...ports]),
  ]);
}

function checkTargetHandle(draft: Draft, edge: WorkflowEdge, target: DraftNode): void {
  const { targetHandle: handle } = edge;
  if (handle === undefined || target.shape === undefined || plainHandles.has(handle)) return;
  if (inputOf(edge, target) !== undefined) return;
  refuse(draft, edge, 'targetHandle', handle, `${nodeLabel(target)} has no input`, [
    ...target.shape.fields.keys(),
  ]);
}

function refuse(
  draft: Draft,
  edge: WorkflowEdge,
  key: string,
  handle: string,
  what: string,
  names: string[],
): void {
  const candidates = nearest(handle, names);
  const [best] = candidates;
  const pointer = below(edge.pointer, key);
  draft.report({
    code: 'UNRESOLVED_REFERENCE',
    message: `${what} "${handle}", which the edge ${edge.source} → ${edge.target} names.${didYouMean(handle, names)}`,
    pointer,
    expected: `one of: ${names.join(', ')}; or null, when the edge only orders`,
    ...(best === undefined ? {} : { didYouMean: candidates }),
    suggestion:
      best === undefined
        ? [{ op: 'remove', path: pointer }]
        : [{ op: 'replace', path: pointer, value: best }],
  });
}
