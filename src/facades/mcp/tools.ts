import type { AnyCommand } from '../../bus/command.ts';
import { commandTool } from './command-tool.ts';
import { defaultTools } from './default-tools.ts';
import { selectTools, type ToolSelection } from './select-tools.ts';
import type { RunTool } from './tool-call.ts';
import { faceOf, type ToolFace, type ToolSource } from './tool-face.ts';
import { workflowTools } from './workflow-tools.ts';

export interface Tool {
  readonly source: ToolSource;
  readonly run: RunTool;
}

/** Everything that can be offered: the commands and the workflow tools, ordered by toolset, then name. */
export function allTools(commands: readonly AnyCommand[]): Tool[] {
  const everything: ToolSelection = { toolsets: ['all'], tools: null, excludeTools: [] };
  return toolsFor(commands, everything, false);
}

/**
 * The tools of a start-up. Read-only leaves those that change nothing.
 * @throws WwiseFlowError INVALID_INPUT for a toolset or tool that does not exist.
 */
export function toolsFor(
  commands: readonly AnyCommand[],
  selection: ToolSelection,
  readOnly: boolean,
): Tool[] {
  const tools = [
    ...commands.map((command) => ({ source: command, run: commandTool(command) })),
    ...workflowTools,
  ];
  const byName = new Map(tools.map((tool) => [tool.source.name, tool]));
  const sources = tools.map((tool) => tool.source);
  return selectTools(sources, narrowed(selection))
    .filter((source) => !readOnly || source.effect === 'read')
    .flatMap((source) => byName.get(source.name) ?? []);
}

/** The default set, unless toolsets or tools were named; `default` among the toolsets adds to it. */
function narrowed(selection: ToolSelection): ToolSelection {
  const { toolsets, tools } = selection;
  if (toolsets === null) return { ...selection, tools: tools ?? defaultTools };
  if (!toolsets.includes(defaultSet)) return selection;
  const added = toolsets.filter((toolset) => toolset !== defaultSet);
  return {
    ...selection,
    toolsets: added.length === 0 ? null : added,
    tools: [...defaultTools, ...(tools ?? [])],
  };
}

/** Stands for the default tools among the toolsets. */
export const defaultSet = 'default';

/** What an agent sees of every tool, in listing order. */
export function toolFaces(commands: readonly AnyCommand[]): ToolFace[] {
  return allTools(commands).map((tool) => faceOf(tool.source));
}
