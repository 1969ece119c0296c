import type { JsonObject } from '../../src/core/json.ts';
import type { SavedProject } from './wwu.ts';

/** A call of a tool, as an agent makes it; `/audio` in its arguments is the folder with the audio files. */
export interface Step {
  readonly tool: string;
  readonly args: JsonObject;
  /** What an agent asks to learn how the next call is written. */
  readonly isDiscovery?: true;
  /** The code it is refused with, where nothing else is possible without the window of Wwise. */
  readonly refused?: string;
}

/** Which project a task is about. */
export type ProjectName = 'empty' | 'footsteps' | 'game';

/** Something that somebody asks for in plain language, how it is done, and how one sees in the files that it was. */
export interface AgentTask {
  readonly id: string;
  readonly wish: string;
  readonly project: ProjectName;
  readonly steps: readonly Step[];
  /** Throws, or gives what is wrong, when the saved files do not show what was asked for; `answers`: the texts that came back. */
  check(saved: SavedProject, answers: readonly string[]): string | undefined;
}

export function call(tool: string, args: JsonObject): Step {
  return { tool, args };
}

/** A call that only serves to find out how something is written. */
export function discover(args: JsonObject): Step {
  return { tool: 'workflow_node_types', args, isDiscovery: true };
}

/** Commands that are not in the list of tools, as nodes of one workflow, in their order. */
export function steps(...nodes: readonly (readonly [type: string, data: JsonObject])[]): Step {
  const named = nodes.map(([type, data], at) => ({ id: `s${at}`, type, data }));
  const edges = named.slice(1).map(({ id }, at) => ({ source: `s${at}`, target: id }));
  return call('workflow_run', { workflow: { nodes: named, ...(edges.length === 0 ? {} : { edges }) } });
}

export const save: Step = call('project_save', {});

/** What is wrong, of several things that must hold. */
export function wrong(expected: Readonly<Record<string, boolean>>): string | undefined {
  const failed = Object.entries(expected).flatMap(([what, holds]) => (holds ? [] : [what]));
  return failed.length === 0 ? undefined : `not so: ${failed.join('; ')}`;
}
