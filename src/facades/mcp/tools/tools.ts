import type { AnyCommand } from '../../../core/command.ts';
import type { MergedTool } from '../../../core/merged-tool.ts';
import { workflowTools } from '../workflow-tools.ts';
import { commandTool } from './command-tool.ts';
import { mergedTool } from './merged-tools.ts';
import { inListingOrder } from './select-tools.ts';
import type { Tool } from './tool.ts';
import { faceOf, type ToolFace } from './tool-face.ts';

/** Everything that can be offered: commands, those merged into one, and the workflow tools, ordered by toolset, then name. */
export function allTools(commands: readonly AnyCommand[], merged: readonly MergedTool[] = []): Tool[] {
  const tools: Tool[] = [
    ...commands.map((command) => ({ source: command, run: commandTool(command), isCommand: true })),
    ...merged.map((tool) => mergedTool(tool, commands)),
    ...workflowTools.map((tool) => ({ ...tool, isCommand: false })),
  ];
  return tools.sort((a, b) => inListingOrder(a.source, b.source));
}

/** What an agent sees of every tool, in listing order. */
export function toolFaces(commands: readonly AnyCommand[], merged: readonly MergedTool[] = []): ToolFace[] {
  return allTools(commands, merged).map((tool) => faceOf(tool.source));
}
