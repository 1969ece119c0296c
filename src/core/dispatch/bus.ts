import type { Profile } from '../access/profile.ts';
import type { ChangeRecord } from '../backend/change-record.ts';
import type { GatedWrite, WithoutEffect } from '../backend/no-effect-yet.ts';
import type { HealthFinding, UnreadableFile } from '../backend/project-files.ts';
import type { RunGroup } from '../backend/run-group.ts';
import type { UndoableProject } from '../backend/undoable-project.ts';
import type { AnyCommand } from '../command.ts';
import type { PathRules } from '../files/checked-path.ts';
import type { Json, JsonObject } from '../json.ts';
import type { MeantCall } from '../merged-tool.ts';
import type { Result } from '../result.ts';
import type { BusActivity } from './activity.ts';
import type { Turn } from './execute/turn.ts';

export interface DispatchOptions {
  /** Part of the memo key: `<workflowId>/<nodeId>` in a workflow; a direct tool call leaves it out. */
  readonly scope?: string | undefined;
  /** Do it again even if the memo has a result that still holds. */
  readonly forceRerun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whoever calls has seen what a wide change would do, and wants it. */
  readonly isConfirmed?: boolean | undefined;
  /** Who asks, for the audit: `mcp`, `cli`, `rest`, `workflow`. */
  readonly caller?: string | undefined;
  /** The workflow run this belongs to, for the audit. */
  readonly executionId?: string | undefined;
  /**
   * Awaited before each call of the back-end that changes the project: a run opens its undo group there, so that memo hits need none,
   * and gives the link the group is on; the call is not sent over another one.
   */
  readonly beforeChange?: (() => Promise<number | undefined>) | undefined;
  /** The turn that `beforeChange` takes; left out where it takes none. */
  readonly turn?: Turn | undefined;
  /** Called with what the project looked like before the effect, as it is journalled with the intent. */
  readonly onIntent?: ((before: Json) => void) | undefined;
  /**
   * Called with values that have no effect unless an override is set, whether it is or not; for noEffectYet. Without it the
   * result has a notice for each that has none.
   */
  readonly onGatedWrites?: ((writes: readonly GatedWrite[]) => void) | undefined;
  /**
   * Called once it is over when calls that change the project were answered, or their answers lost: also for a failure. With it
   * what they change is recorded; undefined where that was not seen.
   */
  readonly onChanged?: ((changes: readonly ChangeRecord[] | undefined) => void) | undefined;
  /** Awaited before each further changing call, with what those since the last time changed: only where `onChanged` is given. */
  readonly onProgress?: ((changes: readonly ChangeRecord[]) => Promise<void>) | undefined;
  /** Awaited before a call that copies these files into the Originals; only where `onChanged` is given. */
  readonly onImport?: ((files: readonly string[]) => Promise<void>) | undefined;
  /**
   * Only for batches, and only where nothing was changed since `beforeChange` opened a group: that group. Without it a unit
   * opens one of its own.
   */
  readonly group?: RunGroup | undefined;
}

/** How what is asked beside the calls of commands may be stopped. */
export interface BusControl {
  readonly signal?: AbortSignal | undefined;
}

/** What a run hands its nodes' dispatches so that memo hits of a whole run are checked in one batched query. */
export interface MemoProbe {
  readonly command: string;
  readonly input: Json;
  readonly scope: string;
  /** Of a node that reads others, or is read by them: the input with what the memo holds of their outputs. */
  readonly node?: {
    readonly id: string;
    /** Throws when an output is missing. */
    resolve(output: (node: string) => JsonObject | undefined): Json;
  };
}

/** One call of a batch: a node of a workflow's unit. */
export interface BatchItem {
  readonly nodeId: string;
  readonly command: string;
  /** References to nodes of the same unit are still unresolved, as `$from:<node>:$output:<path>`. */
  readonly input: JsonObject;
  /** Whose the memo entries are; left out: those of direct calls. */
  readonly scope: string | undefined;
  readonly forceRerun: boolean;
  /** Nodes of the unit whose outputs it reads. */
  readonly reads: readonly string[];
  /** Called with what the project looked like before the effect. */
  onIntent?(before: Json): void;
  /** Called when its part of the shared calls changed the project, and what it changed where that was seen. */
  onChanged?(changes: readonly ChangeRecord[] | undefined): void;
  /** Awaited before each further changing call, with what those since the last time changed. */
  onProgress?(changes: readonly ChangeRecord[]): Promise<void>;
  /** Awaited before a call that copies these files into the Originals, where it is not a shared one. */
  onImport?(files: readonly string[]): Promise<void>;
  /** The input with these outputs for its inner references. Throws UNRESOLVED_REFERENCE when one is not there. */
  resolve(output: (node: string) => JsonObject | undefined): unknown;
}

/**
 * The one dispatcher: parse, memo, run, shape. Every facade and every workflow node goes through it: a single
 * call is a batch of one.
 * `dispatch` never rejects: whatever goes wrong becomes a Failure.
 */
export interface Bus {
  readonly commands: readonly AnyCommand[];
  /** By name, or by its camelCase alias as workflows write it (`createSound`). */
  find(name: string): AnyCommand | undefined;
  /** The command that a merged tool means by this input; undefined for a name of another kind. Throws INVALID_INPUT. */
  meant?(name: string, input: unknown): MeantCall | undefined;
  /** A command that exists but that the user left out at the start, by the same names. */
  findExcluded?(name: string): AnyCommand | undefined;
  /** Who calls; left out: `admin`. */
  readonly profile?: Profile | undefined;
  dispatch(name: string, input: unknown, options?: DispatchOptions): Promise<Result>;
  /**
   * The same for many calls at once, with as few calls of the back-end as possible; a result per node, as `dispatch` would give it. Nodes
   * without a result were not begun: each is for a dispatch of its own. Never rejects.
   */
  dispatchBatch?(items: readonly BatchItem[], options: DispatchOptions): Promise<ReadonlyMap<string, Result>>;
  /** Verifies many memo entries at once before a run; later dispatches with the same key trust the answer. */
  prefetch(probes: readonly MemoProbe[], control?: BusControl): Promise<void>;
  /** Takes in what others did to the files of the project, however short ago; absent where the backend looks by itself. */
  readonly lookAtFiles?: (() => Promise<void>) | undefined;
  /** What happened since this was last asked that no call asked for, such as a project reloaded from disk; in words. */
  takeNotices(): readonly string[];
  /** Which of these values have no effect as things are now; at most a query or two. Rejects like a call of the back-end. */
  noEffectYet?(writes: readonly GatedWrite[], control?: BusControl): Promise<WithoutEffect>;
  /** Files of the open project that cannot be read, as of now. Rejects where the back-end must be asked and cannot be. */
  unreadableFiles(): Promise<readonly UnreadableFile[]>;
  /** What else is wrong with it, original files aside; null where the back-end does not say. */
  health?(): Promise<readonly HealthFinding[] | null>;
  /** How it has been and is; absent where nobody counts. */
  activity?(): BusActivity;
  /** The folders of the open project, in which files may be read. */
  readonly projectDirs?: PathRules['projectDirs'];
  /** Calls of the back-end sent so far. */
  readonly callCount: number;
  /** The open project as a run needs it beyond its commands; absent where nothing can be undone. */
  readonly project?: UndoableProject | undefined;
}
