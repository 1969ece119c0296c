import type { AnyCommand } from '../../bus/command.ts';
import { commandTool } from './command-tool.ts';
import { inListingOrder } from './select-tools.ts';
import type { RunTool } from './tool-call.ts';
import { faceOf, type ToolFace, type ToolSource } from './tool-face.ts';
import { workflowTools } from './workflow-tools.ts';

export interface Tool {
  readonly source: ToolSource;
  readonly run: RunTool;
}

/** Everything that can be offered: the commands and the workflow tools, ordered by toolset, then name. */
export function allTools(commands: readonly AnyCommand[]): Tool[] {
  const tools = [
    ...commands.map((command) => ({ source: command, run: commandTool(command) })),
    ...workflowTools,
  ];
  return tools.sort((a, b) => inListingOrder(a.source, b.source));
}

/** What an agent sees of every tool, in listing order. */
export function toolFaces(commands: readonly AnyCommand[]): ToolFace[] {
  return allTools(commands).map((tool) => faceOf(tool.source));
}
