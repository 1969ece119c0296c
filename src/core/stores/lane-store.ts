/** That this process holds a lane: its epoch grows with each one who takes it, so that a former holder is known by it. */
export interface LaneHold {
  readonly lane: string;
  readonly epoch: number;
}

/** Where a lane is worked on: nobody else may take what lies on another host. */
export interface LaneOwner {
  /** Names the process: `<host>:<process id>:<random>`. */
  readonly owner: string;
  /** Of a working copy: only this host may take it. Null for what every host reaches. */
  readonly host: string | null;
}

/** What a lane is: one working copy, or one running back-end. */
export interface LaneRow {
  readonly lane: string;
  readonly owner: string;
  readonly host: string | null;
  readonly epoch: number;
  /** Until when it is held, in milliseconds since 1970 by the clock of the database. */
  readonly untilMs: number;
}

/**
 * The lanes of every workspace: one working copy or one back-end is worked on by one process at a time. Times are those of the
 * database, so that clocks of hosts may differ.
 */
export interface LaneStore {
  /** Takes a lane that nobody holds, or that this owner holds; undefined while another one does. Power-safe. */
  take(lane: string, by: LaneOwner, forMs: number): Promise<LaneHold | undefined>;
  /** Holds it longer. False when another one has taken it: nothing may be written any more. */
  extend(hold: LaneHold, forMs: number): Promise<boolean>;
  /** Whether it is still this one's, asked of the database. */
  isHeld(hold: LaneHold): Promise<boolean>;
  /** Lets go of it, so that the next one need not wait. */
  release(hold: LaneHold): Promise<void>;
  list(): Promise<readonly LaneRow[]>;
}
