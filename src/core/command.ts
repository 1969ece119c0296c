import type { z } from 'zod';
import type { Restricted } from './access/profile.ts';
import type { PlannedBatch } from './backend/planned-batch.ts';
import type { ProjectFilesView } from './backend/project-files.ts';
import type { ProjectIdentity } from './backend/project-identity.ts';
import type { Revert } from './backend/revert.ts';
import type { Effect } from './effect.ts';
import type { Json, JsonObject } from './json.ts';
import type { Log } from './log.ts';

/** What a command has while it runs, whatever back-end it is for; each back-end adds what its commands ask it by. */
export interface CallContext {
  /** The open project; asked for on first use. */
  project(): Promise<ProjectIdentity>;
  /** Looks for what others did to the files of the project, where the backend can: what it answers next is as the disk is. */
  readonly lookAtFiles?: (() => Promise<void>) | undefined;
  /** Rejects with PATH_NOT_ALLOWED, FILE_NOT_FOUND or FILE_UNREADABLE; resolves to the real absolute path. */
  readableFile(path: string): Promise<string>;
  /** The same for a folder. */
  readableFolder(path: string): Promise<string>;
  /** Whoever calls has confirmed it, or it is part of a workflow. */
  readonly isConfirmed: boolean;
  /** Runs changes as one undo step of this name, one such step at a time; takes them all back when `work` throws. */
  oneStep<T>(displayName: string, work: () => Promise<T>): Promise<T>;
  /** What is known about the files of the project. */
  readonly projectFiles: ProjectFilesView;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** A command with its input. In inputs of examples, files lie in /audio; `$from:2:id` is what step 2 before gave as id. */
export type ExampleStep = readonly [command: string, input: JsonObject];

/** A call that works on the example project: checked by a test, printed in the docs. */
export interface CommandExample {
  /** What it does, as one would ask for it. */
  readonly title: string;
  /** What must be there first, besides the example project. */
  readonly before?: readonly ExampleStep[];
  readonly input: JsonObject;
}

/** What a command says of itself, without its functions that depend on input and output. */
interface Described extends Pick<Restricted, 'profile'> {
  /** snake_case: the command, the MCP tool, the file. */
  readonly name: string;
  /** Raise it when the meaning of the same input changes: old memo entries then no longer match. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: Effect;
  /** Every command of the catalogue has one. */
  readonly examples?: readonly CommandExample[];
  /** Only the real program can do it: its example was checked against recorded and documented answers instead. */
  readonly checkedOn?: 'scripted peer' | 'stand-in program';
  /**
   * Former names of inputs, still taken: the name they have now by the name they had. `objects[].object` is a member of each
   * entry of a list; `objectIds[]` takes what was one as a list of one.
   */
  readonly formerInputs?: Readonly<Record<string, string>>;
  /** Groups of inputs of which one must be complete; the compiler wires the first that can be. */
  readonly oneOf?: readonly (readonly string[])[];
  /**
   * Calls of the back-end it takes as a step of a workflow: checks, reading back, and what is looked at for a rollback included;
   * a memo hit takes at most one. Measured on its first example, by a test. Default 1.
   */
  readonly waapiCalls?: number | ((raw: JsonObject) => number);
  /**
   * It may change more objects than anybody named: of many it asks whether it shall, and any call of it takes `confirm: true`, which
   * is no input of its own.
   */
  readonly asksWhenWide?: true;
  /** Where the effect alone would hint wrongly: a call that can delete, or that done twice is not done once. */
  readonly hints?: { readonly destructive?: boolean; readonly idempotent?: boolean };
  /**
   * It goes through the undo history of the back-end itself, which refuses that while an undo group is open: what a run changed
   * before it becomes a step of its own. A function of the raw input where only some calls do.
   */
  readonly endsUndoStep?: true | ((raw: JsonObject) => boolean);
  /** Why its effect outlives every undo, as a sentence; a function of the raw input where only some calls do. */
  readonly irreversible?: string | ((raw: JsonObject) => string | undefined);
  /** It writes all of the open project to disk. At most one command of a catalogue does. */
  readonly savesProject?: true;
  /**
   * It is right only when every file of the project was read. Its output has `unreadableOutput`, which the dispatcher fills
   * while some could not be; `deletes` goes by who refers to what and is then refused, unless it tolerates that.
   */
  readonly reliesOnWholeProject?: 'reports' | 'deletes';
  /** Of a reading command that is right whatever could not be read: what alone its answer is about, as `one object`. */
  readonly readsOnly?: string;
  /** Which of its inputs delete what others may refer to, where only some do: refused as `deletes` is. */
  readonly deletesOthers?: (input: JsonObject) => boolean;
  /** Which of its inputs, as written, delete what lies where something new is to be: refused as `deletes` is. */
  readonly replaces?: (input: JsonObject) => boolean;
  /** Inputs in which a secret of a workflow may stand: it is sent on, and neither written into the project nor given back. */
  readonly secretInputs?: readonly string[];
  /** Which of its inputs, as written, are executed all the same where they would be refused as `deletes` is. */
  readonly toleratesUnreadable?: (input: JsonObject) => boolean;
  /** Of a command without `achieved`: it is executed each time it is asked for. */
  readonly memo?: NeverMemoised;
  /** How its effect is rolled back where an undo cannot, or why that cannot be done. */
  readonly revert?: Revert;
}

/**
 * One operation: data plus `run`. One definition serves the MCP tool, the workflow node type and the docs.
 * `run` gets parsed input, throws WwiseFlowError and returns what `output` describes. `Context`, `Claim` and `Batch` are those
 * of its back-end.
 */
export interface Command<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  Context extends CallContext = CallContext,
  Claim = JsonObject,
  Batch extends PlannedBatch = PlannedBatch,
> extends Described {
  /** z.strictObject, every field described, with units and ranges. */
  readonly input: I;
  readonly output: O;
  run(input: z.output<I>, context: Context): Promise<z.input<O>>;
  /** Input files whose content belongs to the memo key. */
  inputFiles?(input: z.output<I>): readonly string[];
  /** Files that the back-end wrote for it or found there, by their paths in its output: a rollback looks at them. */
  writtenFiles?(output: z.output<O>): readonly string[];
  /** What must still hold in the project for a memoised output to be reused: everything the input asked for. */
  achieved?(input: z.output<I>, output: z.output<O>): readonly Claim[];
  /** What the project looks like before the effect; journalled with the intent, handed to `settle` after a crash. */
  before?(input: z.output<I>, context: Context): Promise<Json>;
  /**
   * After a crash between call and answer: the output when the effect took place, null when it did not. Asks the project; what
   * was cut off between its calls does the rest.
   */
  settle?(input: z.output<I>, before: Json, context: Context): Promise<z.input<O> | null>;
  /** How it shares calls with other nodes of a workflow; left out: it is always executed alone. */
  readonly batch?: Batch;
}

/** Says in one sentence why no result of a command can be checked later, so that none is ever reused. */
export interface NeverMemoised {
  readonly never: string;
}

/**
 * What changes the project says how it is rolled back, or why that cannot be done; and how a result is checked before it is
 * reused, or why that cannot be done.
 */
type Repeats<C extends Command> =
  | {
      readonly effect: 'read' | 'barrier';
      readonly achieved?: never;
      readonly memo?: never;
      readonly revert?: never;
    }
  | (Required<Pick<C, 'achieved'>> & {
      readonly effect: 'create' | 'update' | 'destroy';
      readonly revert: Revert;
      readonly memo?: never;
    })
  | {
      readonly effect: 'create' | 'update' | 'destroy';
      readonly revert: Revert;
      readonly achieved?: never;
      readonly memo: NeverMemoised;
    };

/** A command as it is written down. */
export type CommandDefinition<C extends Command> = Omit<
  C,
  'version' | 'effect' | 'achieved' | 'memo' | 'revert'
> &
  Repeats<C> & { readonly version?: number };

/** A command whose schemas and back-end are not known statically, as registries hold it. Input and output are checked at the bus. */
export interface AnyCommand extends Described {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  run(input: never, context: never): Promise<unknown>;
  inputFiles?(input: never): readonly string[];
  writtenFiles?(output: never): readonly string[];
  achieved?(input: never, output: never): readonly JsonObject[];
  before?(input: never, context: never): Promise<Json>;
  settle?(input: never, before: Json, context: never): Promise<unknown>;
  readonly batch?: PlannedBatch;
}
