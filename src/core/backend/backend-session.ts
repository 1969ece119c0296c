import type { CallContext } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { BackendCall } from './backend-call.ts';
import type { ChangeRecord } from './change-record.ts';
import type { VerifyClaims } from './verdict.ts';

/** The back-end and the project as one attempt at some calls sees them. */
export interface BackendSession {
  readonly context: CallContext;
  /** True once a changing call succeeded or its answer was lost: the project may differ from before. */
  changedSomething(): boolean;
  /** The same for what an undo would roll back; a group that was cancelled with undo left nothing. */
  changedProject(): boolean;
  /**
   * Work in which no change waits for its turn. Undefined, whatever became of the work, when one would have had to: it was
   * refused, so nothing was changed.
   */
  unlessWaiting<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Throws inside such work once a change was refused: what was done without it is no result. */
  checkTurn(): void;
  /** Waits for the turn, which it keeps until it is closed. */
  takeTurn(): Promise<void>;
  readonly verify: VerifyClaims;
  /** Makes calls that set values again, as one undo step. False when they are refused; rejects when the connection fails. */
  setAgain(calls: readonly BackendCall[]): Promise<boolean>;
  /** What these claims say was found done: it is as it was asked for, and may have no effect all the same. */
  foundDone(claims: readonly JsonObject[]): void;
  /** What has no effect yet of all that was written or found done, as sentences; nothing where somebody else gets it. */
  notices(): Promise<readonly string[]>;
  /** Lets others change the project again. */
  close(): void;
}

/** A session whose changes are recorded. */
export interface RecordedSession<X extends BackendSession = BackendSession> {
  readonly session: X;
  /**
   * What its calls so far changed, from before the first to after the last. `isWhole`: false when the command failed, so that
   * what it made may be gone again. Never rejects.
   */
  finish(isWhole: boolean): Promise<readonly ChangeRecord[]>;
}
