import type { WorkflowNode } from '../../document/workflow.ts';
import type { Commands } from '../../nodes/catalog.ts';

/** A node of a tool that stands for several commands is one of the command that its data means. */
export function asMeant(node: WorkflowNode, commands: Commands): WorkflowNode {
  try {
    const meant = commands.meant?.(node.type, node.data);
    return meant === undefined ? node : { ...node, type: meant.command, data: meant.input };
  } catch {
    // It means none: its type is reported as unknown.
    return node;
  }
}
