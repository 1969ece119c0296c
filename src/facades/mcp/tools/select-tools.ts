import { mayDo, type Profile } from '../../../core/access/profile.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { defaultTools, type ToolEntry, toolIndex } from './tool-index.gen.ts';

/** What a start-up narrows the tools to. Null: not narrowed. */
export interface ToolSelection {
  readonly toolsets: readonly string[] | null;
  readonly tools: readonly string[] | null;
  readonly excludeTools: readonly string[];
}

/**
 * The names of the tools of a start-up, in listing order: the default set, unless toolsets or tools were named; `default`
 * among the toolsets adds to it. The profile leaves those it may call. Chosen from the index, so that no tool has to
 * be loaded before the first answer.
 * @throws WwiseFlowError INVALID_INPUT for a toolset or tool that does not exist.
 */
export function toolNamesFor(selection: ToolSelection, profile: Profile): string[] {
  const names = new Set(
    selectTools(toolIndex, narrowed(selection))
      .filter((tool) => mayDo(profile, tool.profile))
      .map(({ name }) => name),
  );
  const excluded = new Set(selection.excludeTools);
  return selectTools(toolIndex, narrowed(selection))
    .flatMap((tool) => inParts(tool, names, excluded, profile))
    .filter((name, at, all) => all.indexOf(name) === at);
}

/** A merged tool as it is, or as those of its commands that may be called; not at all where each of them is there itself. */
function inParts(
  { name, commands }: ToolEntry,
  selected: ReadonlySet<string>,
  excluded: ReadonlySet<string>,
  profile: Profile,
): readonly string[] {
  if (commands === undefined) return selected.has(name) ? [name] : [];
  if (commands.every((one) => selected.has(one))) return [];
  const able = commands.filter((one) => !excluded.has(one) && mayDo(profile, profileOf.get(one) ?? 'admin'));
  return able.length === commands.length ? [name] : able;
}

const profileOf: ReadonlyMap<string, Profile> = new Map(
  toolIndex.map(({ name, profile }) => [name, profile]),
);

/**
 * The tools a selection leaves, ordered by toolset, then name. Toolsets and tools add up; the toolset `workflow`
 * is always there unless single tools were asked for; exclusion wins.
 * @throws WwiseFlowError INVALID_INPUT for a toolset or tool that does not exist.
 */
export function selectTools<T extends Pick<ToolEntry, 'name' | 'toolset'>>(
  all: readonly T[],
  selection: ToolSelection,
): T[] {
  const toolsets = new Set(all.map((tool) => tool.toolset));
  const names = new Set(all.map((tool) => tool.name));
  checkNames('toolset', selection.toolsets ?? [], new Set([...toolsets, 'all']));
  checkNames('tool', [...(selection.tools ?? []), ...selection.excludeTools], names);
  return all
    .filter((tool) => isWanted(tool, selection) && !selection.excludeTools.includes(tool.name))
    .sort(inListingOrder);
}

/** Toolsets in order, and the tools of each. */
export function inListingOrder(
  a: Pick<ToolEntry, 'name' | 'toolset'>,
  b: Pick<ToolEntry, 'name' | 'toolset'>,
): number {
  return compare(a.toolset, b.toolset) || compare(a.name, b.name);
}

/** Stands for the default tools among the toolsets. */
export const defaultSet = 'default';

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

function isWanted(tool: Pick<ToolEntry, 'name' | 'toolset'>, { toolsets, tools }: ToolSelection): boolean {
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
