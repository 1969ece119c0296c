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
  /** Which process executes it: `<process id>:<random>:<host>`. */
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

/** Which runs are wanted; every condition that is given must hold. */
export interface RunConditions {
  readonly workflowId?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly caller?: string | undefined;
  /** The code they ended with. */
  readonly code?: string | undefined;
  /** Begun from this moment on, up to but not including that one; milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** What a list of runs can be ordered by. */
export const runOrders = ['startedAtMs', 'endedAtMs', 'workflowId', 'name', 'state'] as const;

export type RunOrder = (typeof runOrders)[number];

/** A page of a list that is ordered by one column. */
export interface Ordered<Column extends string> {
  readonly sortBy?: Column | undefined;
  readonly sortOrder?: 'asc' | 'desc' | undefined;
  /** So many are left out before the first. */
  readonly skip?: number | undefined;
}

export interface RunHeadFilter extends RunConditions, Ordered<RunOrder> {
  readonly limit: number;
  /** Only runs with a lower executionId, that is older ones. */
  readonly before?: string | undefined;
}

/** What changes of a run that is gone on with. `journalVersion`: of the transitions to come, and so the newest it has. */
export type ReopenedRun = Pick<RunRecord, 'owner' | 'plan' | 'planHash' | 'input' | 'journalVersion'>;

/**
 * The journal of runs. Nodes' transitions are only ever appended. Ends of runs are power-safe, transitions what is asked for,
 * the rest is kill-safe.
 */
export interface RunStore {
  /** Opens a run. */
  begin(run: Omit<RunRecord, 'state' | 'endedAtMs' | 'wakeAtMs' | 'result'>): Promise<void>;
  /** Opens a run again under a new owner, with what it goes on with. */
  reopen(executionId: string, again: ReopenedRun): Promise<void>;
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
  /** The newest first, unless another order is asked for; rows that are equal in it by executionId. */
  list(filter: RunHeadFilter): Promise<readonly RunHead[]>;
  /** How many there are. */
  count(conditions: RunConditions): Promise<number>;
  /** Forgets runs that ended before this moment; gives their ids. */
  forgetEndedBefore(atMs: number): Promise<readonly string[]>;
}
