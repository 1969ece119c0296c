/**
 * The turn to change the project; one at a time has it. It comes before the keys of the memo: whoever has a key must not wait
 * for the turn, since who has the turn may be waiting for that key.
 */
export interface Turn {
  /** Takes it, or has it already; false when it would have to be waited for. */
  takeNow(): boolean;
  /** Waits for it. Rejects with CANCELLED, and where waiting has an end when that has come. */
  take(): Promise<void>;
}
