import { didYouMean, nearest } from '../../../core/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { plainHandles } from '../../document/presentation.ts';
import type { WorkflowEdge } from '../../document/workflow.ts';
import { type Draft, type DraftNode, nameOf } from '../phases/draft.ts';
import { followPath } from '../schema/follow-path.ts';
import { membersOf } from '../schema/schema-kinds.ts';

/**
 * Law: a handle names an output of the source, respectively an input of the target, or merely a side of the node.
 * Gives the names that say something.
 */
export function checkHandles(
  draft: Draft,
  edge: WorkflowEdge,
  source: DraftNode,
  target: DraftNode,
): { output: string | undefined; input: string | undefined } {
  return {
    output: checkSourceHandle(draft, edge, source),
    input: checkTargetHandle(draft, edge, target),
  };
}

function checkSourceHandle(draft: Draft, edge: WorkflowEdge, source: DraftNode): string | undefined {
  const { sourceHandle: handle } = edge;
  if (handle === undefined || source.shape === undefined) return undefined;
  const { output } = source.shape.kind;
  const outputs = Object.keys(membersOf(output, 'output') ?? {});
  if (outputs.includes(handle)) return handle;
  if (plainHandles.has(handle)) return undefined;
  if (followPath(output, handle.split('.'), 'output').found) return handle;
  refuse(draft, edge, 'sourceHandle', handle, `${nameOf(source)} has no output`, [
    ...outputs,
    ...(outputs.includes('error') ? [] : ['error']),
  ]);
  return undefined;
}

function checkTargetHandle(draft: Draft, edge: WorkflowEdge, target: DraftNode): string | undefined {
  const { targetHandle: handle } = edge;
  if (handle === undefined || target.shape === undefined) return undefined;
  if (target.shape.fields.has(handle)) return handle;
  if (!plainHandles.has(handle)) {
    refuse(draft, edge, 'targetHandle', handle, `${nameOf(target)} has no input`, [
      ...target.shape.fields.keys(),
    ]);
  }
  return undefined;
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
