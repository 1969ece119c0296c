/** Why a run is stopped here although it has not ended: another process goes on with it. */
export const leftToAnother = new DOMException('Another process goes on with the run.', 'AbortError');

/** Whether a run was stopped for that. */
export function isLeftToAnother(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && signal.reason === leftToAnother;
}

/** Whether it was aborted so that the run ends, by whoever has it. */
export function isCancelled(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason !== leftToAnother;
}
