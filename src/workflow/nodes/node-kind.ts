import type { z } from 'zod';
import type { Profile } from '../../core/access/profile.ts';
import type { PlannedBatch } from '../../core/backend/planned-batch.ts';
import type { AnyCommand } from '../../core/command.ts';
import type { Effect } from '../../core/effect.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Outside } from '../../core/outside/outside.ts';
import { type Failure, failure, type Result, type Success, success } from '../../core/result.ts';
import type { AnswerRecord } from '../../core/stores/run-store.ts';
import type { Problem } from '../compiler/problem.ts';
import type { DialogueEngine } from '../dialogue/dialogue-engine.ts';
import type { NodeCost, NodeOptions, WorkflowInput } from '../document/workflow.ts';
import type { PresetWebhook } from '../remote/presets/preset.ts';
import type { Presets } from '../remote/presets/read-presets.ts';
import type { Remote } from '../remote/remote.ts';
import type { Awaited, AwaitedTime, WantedAnswer } from './asking/question.ts';
import type { ExpectedPrice } from './requests/expected-price.ts';
import type { KnownServices } from './requests/known-services.ts';

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
  /** The least profile that may run it; left out: any. Commands say theirs themselves. */
  readonly profile?: Profile;
  /** z.strictObject, every field described. In a document any member may be a reference instead. */
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Nodes of it may ask somebody: their questions can be answered ahead. */
  readonly asks?: true | undefined;
  /** Inputs in which `{{ secrets.NAME }}` may stand: it sends them on, and neither shows nor keeps them. */
  readonly secretInputs?: readonly string[] | undefined;
  /** Groups of inputs of which one must be complete; the compiler wires the first that can be. */
  readonly oneOf?: readonly (readonly string[])[] | undefined;
  /** Handles its edges may leave from beside its outputs; an output of the same name has precedence. */
  readonly ports: readonly Port[];
  /** What becomes of a node that is done when its run is resumed. */
  readonly replay: Replay;
  /**
   * It works with what flows in and reaches nothing else: executed again it gives the same, and nobody notices. So that it begins
   * need not be written down before, as with one that reads.
   */
  readonly isPure?: true;
  /** Calls of the back-end it takes when it runs; of some inputs others. Raw: references may still stand. */
  readonly waapiCalls: number | ((raw: JsonObject) => number);
  /** Whether this input only shows what would be changed. */
  onlyShows?(raw: JsonObject): boolean;
  /** How it shares calls with its neighbours; undefined: it runs alone. */
  readonly batch?: PlannedBatch | undefined;
  /** How its effect is rolled back once others have changed the project, or why it is not; undefined: it has none. */
  readonly revert?: AnyCommand['revert'];
  /** Whether this input, as the document has it, deletes what lies where something new is to be. */
  replaces?(raw: JsonObject): boolean;
  /** Whether what it achieved can be read back from the project. */
  readonly isReadBack: boolean;
  /** Why the effect of this input outlives every undo, as a sentence. The input is as the document has it. */
  irreversible?(raw: JsonObject): string | undefined;
  /** Whether this input goes through the undo history itself, which ends the undo step of a run. */
  endsUndoStep?(raw: JsonObject): boolean;
  /** Ports of which a run takes some, by the input as the document has it; left out: its edges are all followed. */
  cases?(raw: JsonObject): Cases;
  /** What flows into it flows on: it gives nothing that the nodes after it work with. */
  readonly passesOn?: boolean;
  /**
   * Of one that brings together what others gave, by its input as the document has it. `any`: it goes on with what is there of
   * what comes before it, and is skipped where nothing is. `all`: it is skipped without one of them.
   */
  needs?(raw: JsonObject): 'any' | 'all';
  /** Ids of nodes that its input names, in the input's order: it waits for them as if edges were drawn. */
  sourcesNamed?(raw: JsonObject): readonly string[];
  /**
   * It holds nodes of its own and is executed by them. `loop`: those in `nodes` and `edges` of its data, for each item of a list.
   * `once`: those of a workflow with inputs of its own.
   */
  readonly body?: 'loop' | 'once';
  /**
   * It asks programs and machines other than the back-end. It is left out of a preview; its retries and its time limit are its own
   * to keep, request by request; and it notes what it has sent, so that a run that was cut off does not send it again.
   */
  readonly reachesOutside?: boolean;
  /** What a call of it is expected to cost, by its input and price as the document has them; undefined where nobody can say. */
  priceOf?(raw: JsonObject, presets: Presets, price: NodeCost | undefined): ExpectedPrice | undefined;
  /** When a node of it is done the run is over. */
  readonly endsRun?: boolean;
  /** Whether a node with this input asks a service beyond this machine: in a demo it must have a mock. */
  needsService?(raw: JsonObject): boolean;
  /** Inputs that a workflow has by such a node, where it does not declare them itself; by its input as the document has it. */
  declares?(raw: JsonObject): ReadonlyMap<string, WorkflowInput> | undefined;
  /** Members that it gives beside those of its output schema, by its input as the document has it. */
  gives?(raw: JsonObject): readonly string[];
  /** Its input with what can be worked out of it before it runs, as the document has it: each member stands where it stood. */
  prepared?(raw: JsonObject): JsonObject;
  /** Laws of the kind beyond its schema, looked at when a document is compiled. */
  check?(node: CheckedNode, graph: NodeGraph): void;
  /**
   * Does it, with the references of its input replaced. May reject: that is a failure. A kind that is suspended runs again
   * when its time or its answer has come, with `awaited` set; the same input and answer then give the same outcome.
   */
  run(input: JsonObject, context: NodeContext): Promise<Outcome>;
}

/** A kind that is no command: a file of this folder. */
export interface OwnKind extends NodeKind {
  /** Workflows of such kinds alone that show it: a test runs them, the page of the kinds prints them. One at least. */
  readonly examples: readonly [KindExample, ...KindExample[]];
}

export interface KindExample {
  readonly title: string;
  readonly workflow: JsonObject;
}

/** An edge that leaves from `error` is followed when the node fails, and only then. */
export type Port = 'error';

/** The cases of a branch. */
export interface Cases {
  /** Undefined: any name is one. */
  readonly names: readonly string[] | undefined;
  /** Whether a run takes one of them only. */
  readonly isExclusive: boolean;
}

/** The case that is taken when no other is. */
export const ELSE = 'else';

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
  readonly awaits: AwaitedTime | WantedAnswer;
}

/** What a node can ask for while it runs. */
export interface NodeContext {
  /** Aborts when the run is cancelled or the time of the attempt is over. */
  readonly signal: AbortSignal | undefined;
  /** True on a copy of the project: nothing outside may notice, and nothing is waited for. */
  readonly isPreview: boolean;
  /** Of one that reaches outside: how long a request of it may take, as the document says. */
  readonly timeoutMs: number | undefined;
  /** What the document says a call of it costs. */
  readonly price: NodeCost | undefined;
  /** Of such a one: does a part of it as often as its retry policy says, until it succeeds or fails for good. */
  attempt(once: () => Promise<Result>): Promise<Result>;
  /** Dialogues with a person. */
  readonly dialogues: DialogueEngine;
  /** Services and programs that can be asked. */
  readonly remote: Remote;
  /** What it noted in this run before, the earliest first: in earlier attempts, and in a process that was cut off. */
  readonly notes: readonly JsonObject[];
  /** The token of a new webhook that answers what this node will ask, for so many days; `signed`: how deliveries are, if they are. */
  callback(days: number, signed?: PresetWebhook): Promise<string>;
  /** Writes a note into the journal. Once it resolves the note survives a power cut. */
  note(note: JsonObject): Promise<void>;
  /** What it was suspended for, when it goes on. */
  readonly awaited: Awaited | undefined;
  /** `<run>/<node>`: names this node of this run for good, also when it runs again. */
  readonly key: string;
  /** It was under way when the process that ran it ended: nobody knows how far it came. */
  readonly wasCutOff: boolean;
  /** What the workflow was handed, defaults included. */
  readonly inputs: JsonObject;
  /** Files, databases and addresses around the project. */
  readonly outside: Outside;
  /** The answer to what it asked; undefined where it goes on without: it never asked, or the time it named has come. */
  readonly answer: AnswerRecord | undefined;
  /** Ports that edges leave from, `error` aside. */
  readonly ports: readonly string[];
  /** What flows into the node along its edges: what the node before it gave; of several, what each gave by its id. */
  flow(): Json;
  /** The same as parts: what each node gave whose output flows in, by its id. */
  inflow(): ReadonlyMap<string, JsonObject>;
  /** What a node gave that an edge, a reference or the input names; undefined where it gave nothing. */
  given(id: string): JsonObject | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Says it to the person who follows the run, at once and in the answer of the run. */
  say(text: string): void;
  /** Says how far it is to whoever follows the run now; nobody keeps it. */
  progress(text: string): void;
  /** Hands an input to the dispatcher, as part of this run. Never rejects. */
  dispatch(command: string, input: Json): Promise<Result>;
}

/** A node as a kind's `check` sees it: references still unresolved. */
export interface CheckedNode {
  readonly id: string;
  readonly type: string;
  readonly input: JsonObject;
  readonly dataPointer: string;
  readonly options: Pick<NodeOptions, 'mock'> | undefined;
}

/** Where a node stands in the workflow, and where to report what is wrong with it. */
export interface NodeGraph {
  /** Ids of the nodes that an edge or a reference puts directly before and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What may be asked of others; undefined where nothing is known of it. */
  readonly services: KnownServices | undefined;
  report(problem: Problem): void;
  warn(text: string): void;
}

export function done(output: JsonObject): Success {
  return success(output);
}

export function failed(thrown: unknown): Failure {
  return failure(toWwiseFlowError(thrown));
}

export function suspended(awaits: Suspended['awaits']): Suspended {
  return { ok: null, awaits };
}

/** Whether nodes of this effect change the project in a way that a rollback is asked about. */
export function isChangingEffect(effect: NodeEffect): effect is 'create' | 'update' | 'destroy' {
  return effect === 'create' || effect === 'update' || effect === 'destroy';
}
