import type { Json, JsonObject } from '../json.ts';

/** A run as it was begun, and how it ended. `state` is `running` until the end is recorded. */
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
  /** The answer of the run, once it ended. */
  readonly result: JsonObject | null;
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
 * The journal of runs. Nodes' transitions are only ever appended. What is written `durable` is on disk when the call
 * returns; the rest survives the death of the process, though not a power cut.
 */
export interface RunStore {
  /** Opens a run. */
  begin(run: Omit<RunRecord, 'state' | 'endedAtMs' | 'result'>): void;
  /** Opens a run again under a new owner, with the plan and the input it goes on with. */
  reopen(executionId: string, owner: string, plan: JsonObject, planHash: string, input: Json): void;
  /** Appends transitions, all or none. */
  append(executionId: string, transitions: readonly NodeRecord[], durable: boolean): void;
  /** Records the end of a run. */
  end(executionId: string, state: string, endedAtMs: number, result: JsonObject): void;
  get(executionId: string): RunRecord | undefined;
  head(executionId: string): RunHead | undefined;
  /** Every transition of a run, in the order they were appended. */
  transitions(executionId: string): readonly NodeRecord[];
  /** The newest first. */
  list(filter: RunHeadFilter): readonly RunHead[];
  /** Forgets runs that ended before this moment; gives their ids. */
  forgetEndedBefore(atMs: number): readonly string[];
  close(): void;
}
