import type { JsonObject } from '../json.ts';
import type { LaneHold } from './lane-store.ts';
import type { RunRecord } from './run-store.ts';

/**
 * `waiting`: for its moment, or for a worker. `active`: a worker executes it. `suspended`: its run waits and goes on later.
 * `dead`: it failed for good, and somebody has to look at it.
 */
export const jobStates = [
  'waiting',
  'active',
  'suspended',
  'done',
  'dead',
  'cancelled',
  'discarded',
] as const;

export type JobState = (typeof jobStates)[number];

/** A run that some worker is to execute. It has the id of its run. */
export interface NewJob {
  readonly id: string;
  readonly workspace: string;
  /** Which workers may take it. */
  readonly queue: string;
  /** 0 first. */
  readonly priority: number;
  /** Attempts in all, the first one included. */
  readonly mostAttempts: number;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How its run is gone on with, as `resume` takes it. */
  readonly how: JsonObject;
}

export interface Job extends NewJob {
  readonly state: JobState;
  /** How often it was begun. */
  readonly attempts: number;
  /** How often another worker went on with it because the one that had it was gone. */
  readonly takeovers: number;
  /** From when on it may begin, in milliseconds since 1970. */
  readonly runAtMs: number;
  readonly submittedAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Where it was begun, and only goes on. */
  readonly lane: string | null;
  /** Who has it, or had it last. */
  readonly worker: string | null;
  readonly isCancelled: boolean;
  readonly code: string | null;
  readonly error: string | null;
}

/** What became of an attempt. */
export interface JobOutcome {
  readonly state: Exclude<JobState, 'active' | 'discarded'>;
  readonly code: string | null;
  readonly error: string | null;
  /** When it goes on, in milliseconds from now. */
  readonly afterMs: number;
  /** It was no fault of the job: it may be attempted once more than else. */
  readonly isNoAttempt?: boolean;
}

/** Who executes jobs. */
export interface JobTaker {
  readonly worker: string;
  readonly hold: LaneHold;
}

/** The jobs of every workspace: a worker takes those of its queue. Power-safe. */
export interface JobStore {
  /** Keeps a job and the run that it begins, both or none. The same again changes nothing. */
  submit(
    job: NewJob,
    run: Omit<RunRecord, 'state' | 'endedAtMs' | 'wakeAtMs' | 'result' | 'waiting'>,
  ): Promise<void>;
  /** Has a job that has ended, or a run without one, done again. False while it is waiting or active. */
  submitAgain(job: NewJob): Promise<boolean>;
  get(id: string): Promise<Job | undefined>;
  /**
   * Begins an attempt, unless the job has ended, is not due, or somebody else has it. One that a former holder of the same lane
   * left is taken over. One that this holder has is given again: it may never have heard that it got it.
   */
  claim(id: string, by: JobTaker): Promise<Job | undefined>;
  /** Records what became of an attempt. False when this taker has the job no longer. */
  settle(id: string, by: JobTaker, outcome: JobOutcome): Promise<boolean>;
  /** Asks for its end: one that nobody executes is cancelled at once. Gives the job after that. */
  cancel(id: string): Promise<Job | undefined>;
  /** Those of these jobs that are to be stopped. */
  cancelledAmong(ids: readonly string[]): Promise<readonly string[]>;
  /** The jobs of a queue that are due, and those that this holder of a lane has or former ones left. */
  due(queue: string, hold: LaneHold | undefined, limit: number): Promise<readonly Job[]>;
  /** Takes a dead job off the list of those to look at. False when it is not dead. */
  discard(id: string): Promise<boolean>;
  /** The newest first; of one workspace, or of all (null). */
  list(filter: {
    readonly workspace: string | null;
    readonly state?: JobState;
    readonly limit: number;
  }): Promise<readonly Job[]>;
  /** How many there are of each state in this queue, and how many ended since that moment. */
  counts(queue: string | null, sinceMs: number): Promise<JobCounts>;
  /** Of each workspace that had any: how many jobs ended since that moment, and how many of them failed. */
  failures(sinceMs: number): Promise<readonly JobFailures[]>;
  /** Forgets jobs that ended before this moment; gives their number. */
  forgetEndedBefore(atMs: number): Promise<number>;
}

export interface JobFailures {
  readonly workspace: string;
  readonly ended: number;
  readonly failed: number;
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
  /** Of the time asked for. */
  readonly ended: number;
  readonly failed: number;
  /** How long the one that waits longest has been due, in milliseconds. */
  readonly longestWaitMs: number;
}
