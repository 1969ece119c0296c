import { WwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { LaneHold, LaneOwner, LaneStore } from '../core/stores/lane-store.ts';

/** Holds a lane for this process as long as it can. One that lost it does not take it again. */
export interface LaneKeeper {
  /** What each write has to be checked against: the hold, or one that nobody can have. */
  fence(): LaneHold;
  /** The hold, while nobody else can have the lane by the clock of this process; else undefined. */
  hold(): LaneHold | undefined;
  /** Whether it is held; while that is not known, as the database is slow to answer, it is waited for. */
  whenHeld(): Promise<boolean>;
  /** Rejects with LANE_LOST unless the database says that the lane is still held. */
  check(): Promise<void>;
  /** Lets go of it. */
  stop(): Promise<void>;
}

export interface LaneKeeping {
  readonly lanes: LaneStore;
  readonly lane: string;
  readonly by: LaneOwner;
  onTaken(hold: LaneHold): void;
  onLost(): void;
  readonly log: Log;
  /** How long a worker that is gone is waited for, in milliseconds. */
  readonly forMs?: number | undefined;
}

export function keepLane({ lanes, lane, by, onTaken, onLost, log, forMs = 10_000 }: LaneKeeping): LaneKeeper {
  let hold: LaneHold | undefined;
  const nobodys: LaneHold = { lane, epoch: -1 };
  let asked: ((isHeld: boolean) => void)[] = [];
  let safeUntilMs = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const isSafe = () => hold !== undefined && performance.now() < safeUntilMs;
  const say = (isHeld: boolean): void => {
    const waiting = asked;
    asked = [];
    for (const resolve of waiting) resolve(isHeld);
  };
  const lose = (): void => {
    if (hold === undefined) return;
    hold = undefined;
    // What was held of the project is let go of first: a new keeper takes the lane again.
    isStopped = true;
    say(false);
    log.warn({ lane }, 'worker.lane.lost');
    onLost();
  };
  const attempt = async (): Promise<void> => {
    // The time counts from before the question: the answer may be late.
    const askedAtMs = performance.now();
    if (hold !== undefined) {
      // Whoever was too slow still has it where nobody took it meanwhile.
      if (!(await lanes.extend(hold, forMs))) return lose();
      safeUntilMs = askedAtMs + forMs * 0.8;
      if (isSafe()) say(true);
      return;
    }
    const taken = await lanes.take(lane, by, forMs);
    if (taken === undefined) return;
    // The answer came too late: whoever asked is gone.
    if (isStopped) return lanes.release(taken);
    [hold, safeUntilMs] = [taken, askedAtMs + forMs * 0.8];
    log.info({ lane, epoch: taken.epoch }, 'worker.lane.taken');
    onTaken(taken);
  };
  const turn = async (): Promise<void> => {
    await attempt().catch((failure: unknown) => {
      log.warn({ lane, reason: String(failure) }, 'The database does not answer to the worker.');
    });
    if (!isStopped) timer = setTimeout(turn, forMs / 5);
  };
  void turn();
  // A link that was cut without a word gives no answer at all: the clock decides alone.
  const watch = setInterval(() => {
    if (hold !== undefined && performance.now() > safeUntilMs + forMs) lose();
  }, forMs / 10);

  const whenHeld = async (): Promise<boolean> => {
    if (hold === undefined || isSafe()) return hold !== undefined;
    return new Promise((resolve) => asked.push(resolve));
  };

  return {
    fence: () => hold ?? nobodys,
    whenHeld,
    hold: () => (isSafe() ? hold : undefined),
    check: async () => {
      if ((await whenHeld()) && hold !== undefined && (await lanes.isHeld(hold))) return;
      throw new WwiseFlowError('LANE_LOST', `This worker no longer holds "${lane}".`, {
        hint: 'Another worker goes on with the run from its journal: look at the run.',
        details: { lane },
      });
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      clearInterval(watch);
      const held = hold;
      hold = undefined;
      say(false);
      if (held !== undefined) await lanes.release(held).catch(() => undefined);
    },
  };
}
