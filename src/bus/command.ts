import type { z } from 'zod';
import type { Json, JsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { Recoveries } from '../core/recoveries.ts';
import type { CallSchemas } from '../wwise/calls/call-schemas.ts';
import type { TopicBuffers } from '../wwise/connection/topic-buffers.ts';
import type { Waapi } from '../wwise/connection/waapi.ts';
import type { ProjectFilesView } from '../wwise/files/project-files.ts';
import type { KnownMembers } from '../wwise/objects/known-members.ts';
import type { ProjectFacts } from '../wwise/project-facts.ts';
import type { Revert } from '../wwise/undo/revert.ts';
import type { Fusion } from './fusion/fusion.ts';
import type { Claim } from './memo/claim.ts';

/**
 * What a command does to the project. Decides the MCP hints, read-only mode, the memo, undo and ordering:
 * `read` changes nothing; `barrier` waits for every earlier mutating node of a workflow; reads and barriers are never memoised.
 */
export type Effect = 'read' | 'create' | 'update' | 'destroy' | 'barrier';

export interface CommandContext {
  readonly waapi: Waapi;
  /** The open project; asks Wwise on first use. */
  project(): Promise<ProjectFacts>;
  /** Looks for what others did to the files of the project, where the backend can: what it answers next is as the disk is. */
  readonly lookAtFiles?: (() => Promise<void>) | undefined;
  /** Rejects with PATH_NOT_ALLOWED, FILE_NOT_FOUND or FILE_UNREADABLE; resolves to the real absolute path. */
  readableFile(path: string): Promise<string>;
  /** The same for a folder. */
  readableFolder(path: string): Promise<string>;
  /** Runs changes as one undo step of this name, one such step at a time; takes them all back when `work` throws. */
  oneStep<T>(displayName: string, work: () => Promise<T>): Promise<T>;
  /** What is known about the files of the project. */
  readonly projectFiles: ProjectFilesView;
  /** Subscriptions to topics, kept from one command to the next. */
  readonly topics: TopicBuffers;
  /** What calls by URI are checked by, kept from one command to the next. */
  readonly callSchemas: CallSchemas;
  /** What Wwise said about members of types, kept from one command to the next. */
  readonly members: KnownMembers;
  /** The WwiseConsole program; null when none is known, and in previews. */
  readonly consolePath: string | null;
  /** Unsaved edits that earlier sessions left; null with a live Wwise, and in previews. */
  recoveries(): Recoveries | null;
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

/**
 * One operation: data plus `run`. One definition serves the MCP tool, the workflow node type and the docs.
 * `run` gets parsed input, throws WwiseFlowError and returns what `output` describes.
 */
export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** snake_case: the command, the MCP tool, the file. */
  readonly name: string;
  /** Raise it when the meaning of the same input changes: old memo entries then no longer match. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: Effect;
  /** z.strictObject, every field described, with units and ranges. */
  readonly input: I;
  readonly output: O;
  /** Every command of the catalogue has one. */
  readonly examples?: readonly CommandExample[];
  /** Only a live Wwise can do it: its example was checked against recorded and documented answers instead. */
  readonly checkedOn?: 'scripted peer' | 'stand-in program';
  /** Groups of inputs of which one must be complete; the compiler wires the first that can be. */
  readonly oneOf?: readonly (readonly string[])[];
  /** WAAPI calls the command takes when it runs, checks and reading back included; a memo hit takes at most one. Default 1. */
  readonly waapiCalls?: number;
  /** Where the effect alone would hint wrongly: a call that can delete, or that done twice is not done once. */
  readonly hints?: { readonly destructive?: boolean; readonly idempotent?: boolean };
  /**
   * It goes through the undo history of Wwise itself, which Wwise refuses while an undo group is open: what a run changed before
   * it becomes a step of its own. A function of the raw input where only some calls do.
   */
  readonly endsUndoStep?: true | ((raw: JsonObject) => boolean);
  /** Why its effect outlives every undo, as a sentence; a function of the raw input where only some calls do. */
  readonly irreversible?: string | ((raw: JsonObject) => string | undefined);
  /** It writes all of the open project to disk. At most one command of a catalogue does. */
  readonly savesProject?: true;
  /**
   * It is right only when every file of the project was read. Its output has `unreadableOutput`, which the dispatcher fills
   * while some could not be; `deletes` goes by who refers to what and is then refused, unless its input, which has the field,
   * says `ignoreUnreadable`.
   */
  readonly reliesOnWholeProject?: 'reports' | 'deletes';
  /** Which of its inputs delete what others may refer to, where only some do: refused as `deletes` is. Replacing what lies at a name always is. */
  readonly deletesOthers?: (input: JsonObject) => boolean;
  run(input: z.output<I>, context: CommandContext): Promise<z.input<O>>;
  /** Input files whose content belongs to the memo key. */
  inputFiles?(input: z.output<I>): readonly string[];
  /** What must still hold in the project for a memoised output to be reused: everything the input asked for. */
  achieved?(input: z.output<I>, output: z.output<O>): readonly Claim[];
  /** Of a command without `achieved`: it is carried out each time it is asked for. */
  readonly memo?: NeverMemoised;
  /** What the project looks like before the effect; journalled with the intent, handed to `settle` after a crash. */
  before?(input: z.output<I>, context: CommandContext): Promise<Json>;
  /** After a crash between call and answer: the output when the effect took place, null when it did not. Asks the project. */
  settle?(input: z.output<I>, before: Json, context: CommandContext): Promise<z.input<O> | null>;
  /** How its effect is taken back where Wwise's undo cannot, or why that cannot be done. */
  readonly revert?: Revert;
  /** How it shares WAAPI calls with other nodes of a workflow; left out: it is always carried out alone. */
  readonly fusion?: Fusion<z.output<I>, z.input<O>>;
}

/** Says in one sentence why no result of a command can be checked later, so that none is ever reused. */
export interface NeverMemoised {
  readonly never: string;
}

/**
 * What changes the project says how it is taken back, or why that cannot be done; and how a result is checked before it is
 * reused, or why that cannot be done.
 */
type Repeats<I extends z.ZodType, O extends z.ZodType> =
  | {
      readonly effect: 'read' | 'barrier';
      readonly achieved?: never;
      readonly memo?: never;
      readonly revert?: never;
    }
  | (Required<Pick<Command<I, O>, 'achieved'>> & {
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

/** Gives a definition its type. The only way to make a command. */
export function defineCommand<I extends z.ZodType, O extends z.ZodType>(
  command: Omit<Command<I, O>, 'version' | 'effect' | 'achieved' | 'memo' | 'revert'> &
    Repeats<I, O> & { readonly version?: number },
): Command<I, O> {
  return Object.freeze({ version: 1, ...command });
}

/** A command whose schemas are not known statically, as registries hold it. Input and output are checked at the bus. */
export interface AnyCommand {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: Effect;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly examples?: readonly CommandExample[];
  readonly checkedOn?: 'scripted peer' | 'stand-in program';
  readonly oneOf?: readonly (readonly string[])[];
  readonly waapiCalls?: number;
  readonly hints?: { readonly destructive?: boolean; readonly idempotent?: boolean };
  readonly endsUndoStep?: true | ((raw: JsonObject) => boolean);
  readonly irreversible?: string | ((raw: JsonObject) => string | undefined);
  readonly savesProject?: true;
  readonly reliesOnWholeProject?: 'reports' | 'deletes';
  readonly deletesOthers?: (input: JsonObject) => boolean;
  run(input: never, context: CommandContext): Promise<unknown>;
  inputFiles?(input: never): readonly string[];
  achieved?(input: never, output: never): readonly Claim[];
  readonly memo?: NeverMemoised;
  before?(input: never, context: CommandContext): Promise<Json>;
  settle?(input: never, before: Json, context: CommandContext): Promise<unknown>;
  readonly revert?: Revert;
  readonly fusion?: AnyFusion;
}

/** The fusion of a command whose types are not known statically. */
export type AnyFusion = Fusion<never, unknown>;
