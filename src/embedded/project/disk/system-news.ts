let isChecking = false;

/**
 * Resolves when everything the system had to say at the time of the call has been heard, such as changes of watched files.
 * The event loop hears the system once per turn, before the immediates: whoever asks while those are worked off waits for
 * the ones of the next turn, anybody else for those of the turn after. Every call of a direct client waits for this, and in
 * a row of them each is asked within the immediate of the one before: that makes one turn for each.
 */
export function systemNews(): Promise<void> {
  return new Promise((resolve) => {
    if (isChecking) resolveInCheck(resolve);
    else setImmediate(() => resolveInCheck(resolve));
  });
}

/** The second immediate runs when all that followed from the first has: nothing comes between the two. */
function resolveInCheck(resolve: () => void): void {
  setImmediate(() => {
    isChecking = true;
    resolve();
  });
  setImmediate(() => {
    isChecking = false;
  });
}
