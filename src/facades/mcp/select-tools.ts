import { WwiseFlowError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { ToolSource } from './tool-face.ts';

/** What a start-up narrows the tools to. Null: not narrowed. */
export interface ToolSelection {
  readonly toolsets: readonly string[] | null;
  readonly tools: readonly string[] | null;
  readonly excludeTools: readonly string[];
}

/**
 * The tools a selection leaves, ordered by toolset, then name. Toolsets and tools add up; the toolset `workflow`
 * is always there unless single tools were asked for; exclusion wins.
 * @throws WwiseFlowError INVALID_INPUT for a toolset or tool that does not exist.
 */
export function selectTools<T extends Pick<ToolSource, 'name' | 'toolset'>>(
  all: readonly T[],
  selection: ToolSelection,
): T[] {
  const toolsets = new Set(all.map((tool) => tool.toolset));
  const names = new Set(all.map((tool) => tool.name));
  checkNames('toolset', selection.toolsets ?? [], new Set([...toolsets, 'all']));
  checkNames('tool', [...(selection.tools ?? []), ...selection.excludeTools], names);
  return all
    .filter((tool) => isWanted(tool, selection) && !selection.excludeTools.includes(tool.name))
    .sort((a, b) => compare(a.toolset, b.toolset) || compare(a.name, b.name));
}

function isWanted(tool: Pick<ToolSource, 'name' | 'toolset'>, { toolsets, tools }: ToolSelection): boolean {
  if (toolsets === null && tools === null) return true;
  if (tools?.includes(tool.name)) return true;
  if (toolsets === null) return false;
  return toolsets.includes('all') || toolsets.includes(tool.toolset) || tool.toolset === 'workflow';
}

function checkNames(kind: string, given: readonly string[], known: ReadonlySet<string>): void {
  for (const name of given) {
    if (known.has(name)) continue;
    throw new WwiseFlowError('INVALID_INPUT', `There is no ${kind} "${name}".${didYouMean(name, known)}`, {
      hint: `Choose from: ${[...known].sort(compare).join(', ')}.`,
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
