import { createReadQueue } from './read-queue.ts';

/** In which order the calls of all sessions run on one project. */
export interface CallOrder {
  /** Work that changes nothing: it may run while other such work does. */
  read<T>(session: number, task: ReadTask<T>): Promise<T>;
  /** Work that may change something: no other change runs meanwhile, and reads only where it lets them pass. */
  change<T>(session: number, task: () => Promise<T>): Promise<T>;
  /**
   * To be awaited by a change where what others read holds together: those who have waited for it for a while read now. They
   * see what it has done so far.
   */
  letReadsPass(): Promise<void>;
}

/** How a read runs: `inTurn` has time; one that passes a change is short, or throws ReadTakesLong. */
export type ReadTask<T> = (way: Way) => Promise<T>;

export type Way = 'inTurn' | 'pastWaitingChange' | 'pastRunningChange';

/** A read that sees no change half done, however long it waits for that. */
export function notPastRunning<T>(read: () => Promise<T>): ReadTask<T> {
  return async (way) => {
    if (way === 'pastRunningChange') throw new ReadTakesLong();
    return read();
  };
}

/** A read that takes as long as it likes. */
export function inTurnOnly<T>(read: () => Promise<T>): ReadTask<T> {
  return async (way) => {
    if (way !== 'inTurn') throw new ReadTakesLong();
    return read();
  };
}

/** What a read throws that passes a change and turns out to be long: it begins again when its turn has come. */
export class ReadTakesLong extends Error {}

export interface CallOrderParts {
  /** Runs when whoever asked has the result, before anything that waited for it begins. */
  afterEach(): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  nowMs(): number;
}

/**
 * A change waits for all work that came before it, and whatever comes after waits for the change; but as long as a change is
 * held up by long reads, short reads of other sessions go on meanwhile, and so they do past a change that takes long. Each
 * session sees its own calls in order: a read never runs before a change that its session asked for earlier. However many
 * wait, beginning and ending one takes time logarithmic in their number.
 */
export function createCallOrder({ afterEach, nowMs }: CallOrderParts): CallOrder {
  const changes: QueuedChange[] = [];
  let firstChange = 0;
  const reads = createReadQueue<QueuedRead>();
  const sessions = new Map<number, Behind>();
  let running: { patientUntilMs: number } | null = null;
  let readingInTurn = 0;
  let passing = 0;
  let passed: (() => void) | null = null;
  let lastNumber = 0;

  const nextChange = (): QueuedChange | undefined => changes[firstChange];

  const takeChange = (): void => {
    firstChange += 1;
    if (firstChange < 1_000 || firstChange * 2 < changes.length) return;
    changes.splice(0, firstChange);
    firstChange = 0;
  };

  const startAll = (): void => {
    if (running !== null) return;
    const next = nextChange();
    for (let read = reads.takeBefore(next?.number); read !== undefined; read = reads.takeBefore(next?.number))
      begin(read, 'inTurn');
    if (next === undefined) return;
    if (readingInTurn > 0) for (const read of reads.takeThoseWhoMayPass()) begin(read, 'pastWaitingChange');
    else if (passing === 0) beginChange(next);
  };

  const begin = (read: QueuedRead, way: Way): void => {
    if (way === 'inTurn') readingInTurn += 1;
    else passing += 1;
    read
      .start(way)
      .then((isOver) => (isOver || way === 'inTurn' ? undefined : reads.setAside(read)))
      // What a change that is under way has to say follows its own result.
      .then(() => (running === null ? afterEach() : undefined))
      .then(() => {
        if (way === 'inTurn') readingInTurn -= 1;
        else passing -= 1;
        if (passing === 0) passed?.();
        startAll();
      });
  };

  const beginChange = (change: QueuedChange): void => {
    takeChange();
    running = { patientUntilMs: nowMs() + patienceMs };
    change
      .start()
      .then(afterEach)
      .then(() => {
        running = null;
        release(change.session);
        startAll();
      });
  };

  /** What its session asked for behind a change that is over, up to the next one. */
  const release = (session: number): void => {
    const behind = sessions.get(session);
    if (behind === undefined) return;
    behind.changes -= 1;
    const { waiting } = behind;
    while (behind.next < waiting.length) {
      const entry = waiting[behind.next];
      behind.next += 1;
      if (entry === 'change' || entry === undefined) break;
      reads.add(entry);
    }
    if (behind.changes === 0) sessions.delete(session);
  };

  return {
    read: (session, task) =>
      new Promise((resolve, reject) => {
        lastNumber += 1;
        const read: QueuedRead = {
          number: lastNumber,
          async start(way) {
            try {
              resolve(await task(way));
            } catch (error) {
              if (error instanceof ReadTakesLong) return false;
              reject(error);
            }
            return true;
          },
        };
        const behind = sessions.get(session);
        if (behind === undefined) reads.add(read);
        else behind.waiting.push(read);
        startAll();
      }),
    change: (session, task) =>
      new Promise((resolve, reject) => {
        lastNumber += 1;
        const start = (): Promise<void> => task().then(resolve, reject);
        changes.push({ session, number: lastNumber, start });
        const behind = sessions.get(session);
        if (behind === undefined) sessions.set(session, { changes: 1, waiting: [], next: 0 });
        else {
          behind.changes += 1;
          behind.waiting.push('change');
        }
        startAll();
      }),
    async letReadsPass() {
      if (running === null || nowMs() < running.patientUntilMs) return;
      const those = reads.takeThoseWhoMayPass();
      if (those.length > 0) {
        for (const read of those) begin(read, 'pastRunningChange');
        await new Promise<void>((resolve) => {
          passed = resolve;
        });
        passed = null;
      }
      running.patientUntilMs = nowMs() + patienceMs;
    },
  };
}

/** How long a change keeps those who want to read: few take that long, and others are answered well within a second. */
const patienceMs = 250;

interface QueuedChange {
  readonly session: number;
  readonly number: number;
  start(): Promise<void>;
}

interface QueuedRead {
  readonly number: number;
  /** Resolves to false when it was set aside. */
  start: (way: Way) => Promise<boolean>;
}

/** A session with changes that wait or run, and what it asked for behind the first of them. */
interface Behind {
  changes: number;
  readonly waiting: (QueuedRead | 'change')[];
  /** The first of these that still waits. */
  next: number;
}
