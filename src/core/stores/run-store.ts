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
  /** When a suspended run is to go on; null when it is not suspended, or only an answer lets it go on. */
  readonly wakeAtMs: number | null;
  /** The questions that a suspended run waits for the answers to; null where it waits for none. */
  readonly waiting: readonly JsonObject[] | null;
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
    | 'waiting'
  > {
  readonly code: string | null;
  readonly error: string | null;
  /** Whether anything of a node of it is in the journal. */
  readonly hasBegun: boolean;
}

/** Which runs are wanted; every condition that is given must hold. */
export interface RunConditions {
  readonly workflowId?: string | undefined;
  readonly states?: readonly string[] | undefined;
  /** Only suspended runs that wait for an answer. */
  readonly isWaiting?: true | undefined;
  readonly caller?: string | undefined;
  /** The code they ended with. */
  readonly code?: string | undefined;
  /** Text in the name or the workflowId, whatever its case. */
  readonly text?: string | undefined;
  /** As of RunHead. */
  readonly hasBegun?: boolean | undefined;
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

/** What a run that is suspended waits for. */
export type Waiting = Pick<RunRecord, 'wakeAtMs' | 'waiting'>;

/** Transitions up to a position in the journal of a run. */
export interface TransitionsSince {
  readonly transitions: readonly NodeRecord[];
  /** After the last of them; where there are none, as it was given. */
  readonly position: number;
}

/** The answer to a question of a run. A question has one at most. */
export interface AnswerRecord {
  /** Id of the question, unique in its run. */
  readonly question: string;
  readonly node: string;
  /** As it was given; null where whoever was asked declined. */
  readonly value: Json;
  readonly isDeclined: boolean;
  readonly caller: string | null;
  readonly atMs: number;
}

/**
 * The journal of runs. What one process writes takes effect in the order it asks for it. Nodes' transitions are only ever appended. Ends of runs are power-safe, transitions what is asked for,
 * the rest is kill-safe.
 */
export interface RunStore {
  /** Opens a run. */
  begin(run: Omit<RunRecord, 'state' | 'endedAtMs' | 'wakeAtMs' | 'waiting' | 'result'>): Promise<void>;
  /** Opens a run again under a new owner, with what it goes on with. */
  reopen(executionId: string, again: ReopenedRun): Promise<void>;
  /** Appends transitions, all or none. */
  append(executionId: string, transitions: readonly NodeRecord[], durability: Durability): Promise<void>;
  /** Records for what a run waits, and that nobody executes it meanwhile. Power-safe. */
  suspend(executionId: string, waiting: Waiting, result: JsonObject): Promise<void>;
  /** Keeps the answer to a question, asked already or not. Power-safe. False: it has one, which stays. */
  answer(executionId: string, answer: AnswerRecord): Promise<boolean>;
  /** The answers of a run, in the order they came. */
  answers(executionId: string): Promise<readonly AnswerRecord[]>;
  /** Makes a suspended run a running one of this owner. False when it is not suspended: another process was first. */
  claim(executionId: string, owner: string): Promise<boolean>;
  /** The runs that are suspended, those to go on first first, those that only an answer lets go on last. Default: all. */
  suspended(limit?: number): Promise<readonly RunHead[]>;
  /** Records the end of a run. */
  end(executionId: string, state: string, endedAtMs: number, result: JsonObject): Promise<void>;
  get(executionId: string): Promise<RunRecord | undefined>;
  head(executionId: string): Promise<RunHead | undefined>;
  /** Every transition of a run, in the order they were appended. */
  transitions(executionId: string): Promise<readonly NodeRecord[]>;
  /** Those that were appended after a position that this gave before; from position 0 on all. */
  transitionsSince(executionId: string, position: number): Promise<TransitionsSince>;
  /** The newest first, unless another order is asked for; rows that are equal in it by executionId. */
  list(filter: RunHeadFilter): Promise<readonly RunHead[]>;
  /** How many there are. */
  count(conditions: RunConditions): Promise<number>;
  /** Forgets runs that ended before this moment, with their answers; gives their ids. */
  forgetEndedBefore(atMs: number): Promise<readonly string[]>;
}
