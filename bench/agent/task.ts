import type { JsonObject } from '../../src/core/json.ts';
import type { SavedProject } from './wwu.ts';

/** A call of a tool, as an agent makes it; `/audio` in its arguments is the folder with the audio files. */
export interface Step {
  readonly tool: string;
  readonly args: JsonObject;
  /** What an agent asks to learn how the next call is written. */
  readonly isDiscovery?: true;
  /** The code it is refused with, where nothing else is possible without the window of Wwise, or in good faith. */
  readonly refused?: string;
}

/** Which project a task is about. */
export type ProjectName = 'empty' | 'footsteps' | 'game' | 'studio';

/**
 * What became of what the person said: `done`; `refused`, since it cannot or must not be done; `asked`, since the person has to
 * decide something first; `shown`, where only a look was wanted. After all but `done` the files are as they were.
 */
export type EndState = 'done' | 'refused' | 'asked' | 'shown';

/** What the agent must come to before the person speaks again. */
export interface Ending {
  readonly outcome: EndState;
  /** The names and numbers that answer a question. Left out where none was asked. */
  readonly answer?: readonly string[];
}

/** What the person says, the calls that do it, and how it ends. */
export interface Turn extends Ending {
  readonly says: string;
  readonly steps: readonly Step[];
  /** What somebody else does to the files before the person says it. */
  meanwhile?(projectDir: string): void;
}

/** Something that somebody asks for in plain language, how it is done, and how one sees in the files that it was. */
export interface AgentTask extends Partial<Ending> {
  readonly id: string;
  /** What the person says first. */
  readonly wish: string;
  readonly project: ProjectName;
  readonly steps: readonly Step[];
  /** What the person says after that. */
  readonly next?: readonly Turn[];
  /** What is done to the files before anything is said. */
  prepare?(projectDir: string): void;
  /** Throws, or gives what is wrong, when the saved files do not show what was asked for. */
  check(saved: SavedProject): string | undefined;
  /** What is wrong when the answers to the scripted calls, as texts, do not show it. */
  saw?(answers: readonly string[]): string | undefined;
}

/** All that the person says, with the calls that follow. */
export function turnsOf({ wish, steps: own, outcome, answer, next }: AgentTask): readonly Turn[] {
  const first = { says: wish, steps: own, outcome: outcome ?? 'done', ...(answer && { answer }) };
  return [first, ...(next ?? [])];
}

export function call(tool: string, args: JsonObject): Step {
  return { tool, args };
}

/** A call that must be refused, with this code. */
export function refused(code: string, tool: string, args: JsonObject): Step {
  return { tool, args, refused: code };
}

/** A call that only serves to find out how something is written. */
export function discover(args: JsonObject): Step {
  return { tool: 'workflow_node_types', args, isDiscovery: true };
}

/** Commands that are not in the list of tools, as nodes of one workflow, in their order. */
export function steps(...nodes: readonly (readonly [type: string, data: JsonObject])[]): Step {
  return call('workflow_run', { workflow: inOrder(...nodes) });
}

/** The same as a preview. */
export function preview(...nodes: readonly (readonly [type: string, data: JsonObject])[]): Step {
  return call('workflow_run', { workflow: inOrder(...nodes), mode: 'preview' });
}

function inOrder(...nodes: readonly (readonly [type: string, data: JsonObject])[]): JsonObject {
  const named = nodes.map(([type, data], at) => ({ id: `s${at}`, type, data }));
  const edges = named.slice(1).map(({ id }, at) => ({ source: `s${at}`, target: id }));
  return { nodes: named, ...(edges.length === 0 ? {} : { edges }) };
}

export const save: Step = call('project_save', {});

/** What is wrong, of several things that must hold. */
export function wrong(expected: Readonly<Record<string, boolean>>): string | undefined {
  const failed = Object.entries(expected).flatMap(([what, holds]) => (holds ? [] : [what]));
  return failed.length === 0 ? undefined : `not so: ${failed.join('; ')}`;
}
