import type { Log } from '../../core/log.ts';
import { nextTurn, type Pause } from '../../core/turns/turns.ts';
import { CallAbandoned, WaapiError } from '../../wwise/connection/backend.ts';
import { onlyReads } from '../../wwise/connection/reading-functions.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { type CallOrder, ReadTakesLong, type ReadTask, type Way } from './call-order.ts';
import { createLongReads } from './long-reads.ts';

/** One call that came to the engine. */
export interface IncomingCall<T> {
  readonly uri: string;
  readonly sessionId: number;
  /** Aborted when the caller gave up. */
  readonly signal: AbortSignal | undefined;
  /** Whether nobody wants the outcome any more, for other reasons. */
  isUnwanted(): boolean;
  /** `way`: how it runs where it only reads. */
  work(pauses: Pauses, way: Way): Promise<T>;
}

/** How the work of a call gives the thread to others. */
export interface Pauses {
  /** Rejects when nobody waits for the call any more. */
  readonly pause: Pause;
  /** For a change where what others read holds together: those who waited long read meanwhile. Never rejects. */
  readonly giveWay: Pause;
}

/** How calls run: in their order, with pauses, and ended where nobody waits for them. */
export interface Calls {
  /** Rejects with WaapiError, or with CallAbandoned. */
  run<T>(call: IncomingCall<T>): Promise<T>;
  /** The same work, rejecting with nothing else, whatever happens in it. */
  guarded<A extends readonly unknown[], T>(
    what: string,
    work: (...given: A) => Promise<T>,
  ): (...given: A) => Promise<T>;
  /** Of a change: see Pauses. */
  readonly giveWay: Pause;
}

export function createCalls(order: CallOrder, log: Log): Calls {
  const longReads = createLongReads(mostLongReads);

  const guarded: Calls['guarded'] =
    (what, work) =>
    async (...given) => {
      try {
        return await work(...given);
      } catch (error) {
        if (isExpected(error)) throw error;
        log.error({ procedure: what, error }, 'a call failed in an unforeseen way');
        throw waapiErrors.unexpected(error instanceof Error ? error.message : String(error));
      }
    };

  const giveWay: Pause = async () => {
    await order.letReadsPass();
    await nextTurn();
  };

  /** Ends at a pause when nobody waits; of reads that take long only a few go on at once. */
  async function withPauses<T>({ uri, signal, isUnwanted, work }: IncomingCall<T>, way: Way): Promise<T> {
    const goOn = (): void => {
      if (signal?.aborted === true || isUnwanted()) throw new CallAbandoned(uri);
    };
    const isRead = onlyReads(uri);
    let hasEntered = false;
    let turns = 1;
    const pause: Pause = async () => {
      goOn();
      turns += 1;
      // The first turn may have been used up by others.
      const isLong = turns > 2;
      if (isLong && way !== 'inTurn') throw new ReadTakesLong();
      if (!isRead) await order.letReadsPass();
      else if (isLong && !hasEntered) {
        hasEntered = true;
        await longReads.enter();
      }
      await nextTurn();
      goOn();
    };
    goOn();
    try {
      return await work({ pause, giveWay }, way);
    } finally {
      if (hasEntered) longReads.leave();
    }
  }

  return {
    guarded,
    giveWay,
    run(call) {
      const { uri, sessionId, signal } = call;
      const isRead = onlyReads(uri);
      const start = <T>(task: ReadTask<T>): Promise<T> =>
        isRead ? order.read(sessionId, task) : order.change(sessionId, () => task('inTurn'));
      const task = guarded(uri, (way: Way) => withPauses(call, way));
      return signal === undefined ? start(task) : unlessGivenUp(uri, signal, start, task);
    },
  };
}

function isExpected(error: unknown): boolean {
  return error instanceof WaapiError || error instanceof CallAbandoned || error instanceof ReadTakesLong;
}

/** As the task ends; but at once where the caller gives up on what has not begun or only reads. */
function unlessGivenUp<T>(
  uri: string,
  signal: AbortSignal,
  start: (task: ReadTask<T>) => Promise<T>,
  task: ReadTask<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    const giveUp = (): void => {
      if (!hasBegun || onlyReads(uri)) reject(new CallAbandoned(uri));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const outcome = start((way) => {
      hasBegun = true;
      return task(way);
    });
    outcome.finally(() => signal.removeEventListener('abort', giveUp)).then(resolve, reject);
  });
}

/** Two, so that one of them that takes minutes does not keep the others. */
const mostLongReads = 2;
