import { WwiseFlowError } from '../../core/errors.ts';

/** How long a change that belongs to no run waits for one to close its undo group. In milliseconds. */
const GROUP_PATIENCE_MS = 20_000;

/**
 * Keeps apart what Wwise cannot: on its one connection every change made while an undo group is open becomes part of that
 * group. So edits that belong to no run take turns, each from its first change to its end; they wait until no run has a
 * group open, and a run opens its group when no such edit is under way. Each gives back the function that lets the next
 * one in.
 */
export interface UndoGate {
  /**
   * One edit at a time. Rejects with WAAPI_LOCKED when a run keeps its group open for longer than `patienceMs`, with
   * CANCELLED when the signal aborts meanwhile.
   */
  enter(signal: AbortSignal | undefined, patienceMs?: number): Promise<() => void>;
  /** One group at a time. Rejects with CANCELLED when the signal aborts meanwhile. */
  openGroup(signal: AbortSignal | undefined): Promise<() => void>;
  /** The same two for whoever must not wait: undefined when it would have to. */
  enterNow(): (() => void) | undefined;
  openGroupNow(): (() => void) | undefined;
}

/** Playing, profiling and connecting leave the project alone, and so every undo group. */
export function touchesProject(uri: string): boolean {
  return !bystanders.some((prefix) => uri.startsWith(prefix));
}

const bystanders: readonly string[] = [
  'ak.soundengine.',
  'ak.wwise.core.transport.',
  'ak.wwise.core.profiler.',
  'ak.wwise.core.remote.',
  'ak.wwise.core.log.',
];

export function createUndoGate(): UndoGate {
  let isGroupOpen = false;
  let groupsWaiting = 0;
  let isEditing = false;
  const waiting = new Set<() => void>();

  const wake = (): void => {
    const woken = [...waiting];
    waiting.clear();
    for (const go of woken) go();
  };

  /** Until something is let go. True when the time was up instead. */
  const nextTurn = (signal: AbortSignal | undefined, untilMs: number): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const clean = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        signal?.removeEventListener('abort', abort);
      };
      const go = (): void => {
        clean();
        resolve(false);
      };
      const abort = (): void => {
        clean();
        reject(cancelled());
      };
      const late = (): void => {
        clean();
        resolve(true);
      };
      const timer = untilMs === Infinity ? undefined : setTimeout(late, untilMs - performance.now());
      waiting.add(go);
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });

  const mustEditWait = (): boolean => isGroupOpen || groupsWaiting > 0 || isEditing;

  const edit = (): (() => void) => {
    isEditing = true;
    return once(() => {
      isEditing = false;
      wake();
    });
  };

  const group = (): (() => void) => {
    isGroupOpen = true;
    return once(() => {
      isGroupOpen = false;
      wake();
    });
  };

  return {
    enterNow: () => (mustEditWait() ? undefined : edit()),
    openGroupNow: () => (isGroupOpen || isEditing ? undefined : group()),
    async enter(signal, patienceMs = GROUP_PATIENCE_MS) {
      let untilMs: number | undefined;
      // A group that waits goes first: edits that follow each other closely must not keep it out for ever.
      while (mustEditWait()) {
        // Other edits end by themselves, as the calls before one in the queue do: only a run may take too long.
        if (isGroupOpen) untilMs ??= performance.now() + patienceMs;
        else untilMs = undefined;
        if (await nextTurn(signal, untilMs ?? Infinity)) throw occupied(patienceMs);
      }
      return edit();
    },
    async openGroup(signal) {
      groupsWaiting += 1;
      try {
        while (isGroupOpen || isEditing) await nextTurn(signal, Infinity);
        const close = group();
        // Who waits now waits for this group.
        wake();
        return close;
      } finally {
        groupsWaiting -= 1;
        if (!isGroupOpen) wake();
      }
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function occupied(patienceMs: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_LOCKED',
    `A workflow run has been changing the project for more than ${patienceMs / 1000} s, as one undo step that nothing else may become part of.`,
    {
      hint: 'Nothing was changed. Wait for the run (workflow_runs, workflow_status with waitMs), then call again.',
    },
  );
}

function cancelled(): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'It was cancelled while it waited for its turn.', {
    hint: 'Nothing was changed: call again when it is wanted.',
  });
}
