import { plainHandles } from '../../../document/presentation.ts';
import type { WorkflowEdge } from '../../../document/workflow.ts';
import type { Port } from '../../../nodes/node-kind.ts';
import { followPath } from '../../schema/follow-path.ts';
import { membersOf } from '../../schema/schema-kinds.ts';
import type { Draft, DraftNode } from '../draft.ts';

/** The nodes an edge names; undefined for an end that is no node. */
export function endsOf(
  { indexById, nodes }: Draft,
  { source, target }: WorkflowEdge,
): readonly [source: DraftNode | undefined, target: DraftNode | undefined] {
  const nodeOf = (id: string): DraftNode | undefined => nodes[indexById.get(id) ?? -1];
  return [nodeOf(source), nodeOf(target)];
}

/** The port an edge leaves from. Of a node whose type nobody knows, `error` is taken for one: it is in trouble enough. */
export function portOf({ sourceHandle }: WorkflowEdge, { shape }: DraftNode): Port | undefined {
  if (sourceHandle === undefined) return undefined;
  if (shape === undefined) return sourceHandle === 'error' ? sourceHandle : undefined;
  const { kind } = shape;
  const port = kind.ports.find((known) => known === sourceHandle);
  if (port === undefined || Object.hasOwn(membersOf(kind.output, 'output') ?? {}, port)) return undefined;
  return port;
}

/** The output of its source that an edge names; undefined for a handle that names none, as one of a side of the node. */
export function outputOf({ sourceHandle: handle }: WorkflowEdge, { shape }: DraftNode): string | undefined {
  if (handle === undefined || shape === undefined) return undefined;
  const { output } = shape.kind;
  if (Object.hasOwn(membersOf(output, 'output') ?? {}, handle)) return handle;
  if (plainHandles.has(handle)) return undefined;
  return followPath(output, handle.split('.'), 'output').found ? handle : undefined;
}

/** The input of its target that an edge names; undefined for a handle that names none. */
export function inputOf({ targetHandle: handle }: WorkflowEdge, { shape }: DraftNode): string | undefined {
  return handle !== undefined && shape?.fields.has(handle) === true ? handle : undefined;
}
