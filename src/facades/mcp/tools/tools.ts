import { mayDo, type Profile, profileToOffer } from '../../../core/access/profile.ts';
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

/** The commands of plug-ins as tools, which are listed whatever toolsets are: as far as the profile may call them. */
export function pluginTools(
  plugins: readonly { readonly commands: readonly AnyCommand[] }[],
  profile: Profile,
): Tool[] {
  const own = plugins.flatMap(({ commands }) => commands);
  return allTools(own)
    .filter(({ isCommand, source }) => isCommand && mayDo(profile, profileToOffer(source)))
    .map((tool) => ({ ...tool, isPluggedIn: true }));
}

/** What an agent sees of every tool, in listing order. */
export function toolFaces(commands: readonly AnyCommand[], merged: readonly MergedTool[] = []): ToolFace[] {
  return allTools(commands, merged).map((tool) => faceOf(tool.source));
}
