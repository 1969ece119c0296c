import type { z } from 'zod';
import type { AnyCommand, AnyFusion, Effect } from '../../bus/command.ts';
import { type Failure, failure, type Result, type Success, success } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Problem } from '../compiler/problem.ts';

/**
 * What nodes of one type are and do. The compiler, the runner, the journal, the preview, the rollback and the documents about
 * workflows know nodes through this only. A kind is a frozen value; one per command is made by `commandKind`.
 */
export interface NodeKind {
  /** snake_case: what plans and journals call it, and what a document may write as a node's `type`. */
  readonly type: string;
  /** Other ways to write it. */
  readonly aliases: readonly string[];
  readonly title: string;
  /** The first sentence says what it does and when to use it. */
  readonly description: string;
  readonly toolset: string;
  readonly effect: NodeEffect;
  /** z.strictObject, every field described. In a document any member may be a reference instead. */
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Groups of inputs of which one must be complete; the compiler wires the first that can be. */
  readonly oneOf?: readonly (readonly string[])[] | undefined;
  /** Handles its edges may leave from beside its outputs. Every kind has `error`, followed when the node fails. */
  readonly ports: readonly string[];
  /** What becomes of a node that is done when its run is resumed. */
  readonly replay: Replay;
  /** WAAPI calls it takes when it runs. */
  readonly waapiCalls: number;
  /** How it shares calls with its neighbours; undefined: it runs alone. */
  readonly batch?: AnyFusion | undefined;
  /** How its effect is rolled back once others have changed the project, or why it is not; undefined: it has none. */
  readonly revert?: AnyCommand['revert'];
  /** Whether what it achieved can be read back from the project. */
  readonly isReadBack: boolean;
  /** Why the effect of this input outlives every undo, as a sentence. The input is as the document has it. */
  irreversible?(raw: JsonObject): string | undefined;
  /** Whether this input goes through the undo history of Wwise itself, which ends the undo step of a run. */
  endsUndoStep?(raw: JsonObject): boolean;
  /** Laws of the kind beyond its schema, looked at when a document is compiled. */
  check?(node: CheckedNode, graph: NodeGraph): void;
  /**
   * Does it, with the references of its input replaced. May reject: that is a failure. A kind that is suspended runs again
   * when its time has come, with `awaited` set; the same input then gives the same answer.
   */
  run(input: JsonObject, context: NodeContext): Promise<Outcome>;
}

/** As of a command; `none`: it does not look at the project either, so it holds up nobody who changes it. */
export type NodeEffect = Effect | 'none';

/**
 * `reuse`: what it gave is taken over. `verify`: it runs, and finds out for itself whether its effect still holds. `again`: it
 * runs again as if it had not.
 */
export type Replay = 'reuse' | 'verify' | 'again';

/** How an execution of a node came out: done, failed, or suspended. */
export type Outcome = Success | Failure | Suspended;

/** It goes on later; the process need not wait for it. */
export interface Suspended {
  readonly ok: null;
  readonly awaits: Awaited;
}

/** What a suspended node waits for. */
export type Awaited = {
  readonly for: 'time';
  /** Milliseconds since 1970. */
  readonly untilMs: number;
};

/** What a node can ask for while it runs. */
export interface NodeContext {
  /** Aborts when the run is cancelled or the time of the attempt is over. */
  readonly signal: AbortSignal | undefined;
  /** True on a copy of the project: nothing outside may notice, and nothing is waited for. */
  readonly isPreview: boolean;
  /** What it was suspended for, when it goes on. */
  readonly awaited: Awaited | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Tells the person who follows the run, at once and in the answer of the run. */
  say(text: string): void;
  /** Hands an input to the dispatcher, as part of this run. Never rejects. */
  dispatch(command: string, input: Json): Promise<Result>;
}

/** A node as a kind's `check` sees it: references still in place. */
export interface CheckedNode {
  readonly id: string;
  readonly type: string;
  readonly input: JsonObject;
  readonly dataPointer: string;
}

/** Where a node stands in the workflow, and where to report what is wrong with it. */
export interface NodeGraph {
  /** Ids of the nodes that an edge or a reference puts directly before and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  report(problem: Problem): void;
  warn(text: string): void;
}

export function done(output: JsonObject): Success {
  return success(output);
}

export function failed(thrown: unknown): Failure {
  return failure(toWwiseFlowError(thrown));
}

export function suspended(awaits: Awaited): Suspended {
  return { ok: null, awaits };
}

/** Whether nodes of this effect change the project in a way that a rollback is asked about. */
export function changesProject(effect: NodeEffect): effect is 'create' | 'update' | 'destroy' {
  return effect === 'create' || effect === 'update' || effect === 'destroy';
}
