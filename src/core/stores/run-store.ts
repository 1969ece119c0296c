import type { Json, JsonObject } from '../json.ts';
import type { Durability } from './durability.ts';

/** A run as it was begun, and how it ended. `state` is `running` until the end is recorded, or `suspended`. */
export interface RunRecord {
  readonly executionId: string;
  readonly workflowId: string;
  readonly name: string | null;
  readonly planHash: string;
  readonly plan: JsonObject;
  readonly input: Json;
  readonly caller: string | null;
  /** Which process carries it out: `<process id>:<random>`. */
  readonly owner: string;
  readonly state: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** When a suspended run is to go on; null when it is not suspended. */
  readonly wakeAtMs: number | null;
  /** The answer of the run, once it ended; of a suspended one, what it is so far. */
  readonly result: JsonObject | null;
  /** In which version its transitions are written. */
  readonly journalVersion: number;
}

/** One transition of one node. */
export interface NodeRecord {
  readonly node: string;
  readonly state: string;
  readonly atMs: number;
  readonly detail: JsonObject | null;
}

/** A run in a list: without its plan, its input and the rows of its nodes. */
export interface RunHead
  extends Pick<
    RunRecord,
    | 'executionId'
    | 'workflowId'
    | 'name'
    | 'planHash'
    | 'caller'
    | 'owner'
    | 'state'
    | 'startedAtMs'
    | 'endedAtMs'
    | 'wakeAtMs'
  > {
  readonly code: string | null;
  readonly error: string | null;
}

export interface RunHeadFilter {
  readonly limit: number;
  /** Only runs with a lower executionId, that is older ones. */
  readonly before?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly states?: readonly string[] | undefined;
}

/**
 * The journal of runs. Nodes' transitions are only ever appended. Ends of runs are power-safe, transitions what is asked for,
 * the rest is kill-safe.
 */
export interface RunStore {
  /** Opens a run. */
  begin(run: Omit<RunRecord, 'state' | 'endedAtMs' | 'wakeAtMs' | 'result'>): Promise<void>;
  /** Opens a run again under a new owner, with the plan and the input it goes on with. */
  reopen(executionId: string, owner: string, plan: JsonObject, planHash: string, input: Json): Promise<void>;
  /** Appends transitions, all or none. */
  append(executionId: string, transitions: readonly NodeRecord[], durability: Durability): Promise<void>;
  /** Records that a run waits until this moment, and that nobody executes it meanwhile. Power-safe. */
  suspend(executionId: string, wakeAtMs: number, result: JsonObject): Promise<void>;
  /** Makes a suspended run a running one of this owner. False when it is not suspended: another process was first. */
  claim(executionId: string, owner: string): Promise<boolean>;
  /** The runs that are suspended, those to go on first first. */
  suspended(): Promise<readonly RunHead[]>;
  /** Records the end of a run. */
  end(executionId: string, state: string, endedAtMs: number, result: JsonObject): Promise<void>;
  get(executionId: string): Promise<RunRecord | undefined>;
  head(executionId: string): Promise<RunHead | undefined>;
  /** Every transition of a run, in the order they were appended. */
  transitions(executionId: string): Promise<readonly NodeRecord[]>;
  /** The newest first. */
  list(filter: RunHeadFilter): Promise<readonly RunHead[]>;
  /** Forgets runs that ended before this moment; gives their ids. */
  forgetEndedBefore(atMs: number): Promise<readonly string[]>;
}
