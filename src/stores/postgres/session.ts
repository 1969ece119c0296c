import { randomUUID } from 'node:crypto';
import { WwiseFlowError } from '../../core/errors.ts';
import type { LaneHold } from '../../core/stores/lane-store.ts';
import { isCollision, isOutOfReach, linkReason } from './link-failures.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import type { Query } from './statement.ts';

/** How the stores of one workspace write and read: in the order they were asked for, and where only its rows are seen. */
export interface PostgresSession {
  /** Writes in a transaction that is on disk when this resolves; those that come together share one. */
  write<T>(work: (sql: Query) => Promise<T>): Promise<T>;
  /** Reads what every write asked for so far has left. */
  read<T>(work: (sql: Query) => Promise<T>): Promise<T>;
  /** Waits for what was asked for. */
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly workspace: string;
  /** The lane that this process must hold for anything to be written; undefined: none. */
  readonly holds?: (() => LaneHold | undefined) | undefined;
  /** How long a database out of reach is waited for, in milliseconds. */
  readonly patienceMs?: number | undefined;
}

/** A session over the pool of this process. A write is done once, also when the link breaks while it is being committed. */
export function createSession(
  { transaction: begin }: PostgresDatabase,
  { workspace, holds, patienceMs = 30_000 }: SessionOptions,
): PostgresSession {
  const waiting: Write[] = [];
  let draining: Promise<void> | undefined;
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** The id of the transaction is a row of it: whoever repeats it finds out whether it was committed. */
  const transaction = (id: string, writes: readonly Write[]) =>
    begin('read write', async (sql) => {
      const [begun] =
        await sql`with begun as (insert into write_mark (id) values (${id}) on conflict do nothing returning id)
        select set_config('wwiseflow.workspace', ${workspace}, true), exists (select 1 from begun) as is_new`;
      if (begun?.is_new !== true) return;
      await checkLane(sql, holds?.());
      for (const write of writes) await write.write(sql);
    });

  const settle = async (writes: readonly Write[]): Promise<void> => {
    const id = randomUUID();
    try {
      await patiently(() => transaction(id, writes), patienceMs);
    } catch (reason) {
      // One of several cannot be done: the others must not pay for it.
      if (writes.length > 1) for (const write of writes) await settle([write]);
      else writes[0]?.reject(reason);
      return;
    }
    for (const write of writes) write.resolve();
  };

  const drain = async (): Promise<void> => {
    // What is asked for in the same turn comes along.
    await Promise.resolve();
    while (waiting.length > 0) await settle(waiting.splice(0));
    draining = undefined;
  };

  return {
    write: (work) => {
      const written = new Promise<Awaited<ReturnType<typeof work>>>((resolve, reject) => {
        let given: Awaited<ReturnType<typeof work>>;
        waiting.push({
          write: async (tx) => {
            given = await work(tx);
          },
          resolve: () => resolve(given),
          reject,
        });
      });
      lastWrite = written.catch(() => undefined);
      draining ??= drain();
      return written;
    },
    read: async (work) => {
      await lastWrite;
      let given: Awaited<ReturnType<typeof work>>;
      return patiently(async () => {
        await begin('read only', async (sql) => {
          await sql`select set_config('wwiseflow.workspace', ${workspace}, true)`;
          given = await work(sql);
        });
        return given;
      }, patienceMs);
    },
    close: async () => {
      await lastWrite;
      await draining;
    },
  };
}

interface Write {
  write(sql: Query): Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Holds the lane for the transaction: who takes it over waits until this is committed. */
async function checkLane(sql: Query, hold: LaneHold | undefined): Promise<void> {
  if (hold === undefined) return;
  const rows = await sql`select 1 from lane where id = ${hold.lane} and epoch = ${hold.epoch} for share`;
  if (rows.length > 0) return;
  throw new WwiseFlowError('LANE_LOST', `Another worker has taken over "${hold.lane}".`, {
    hint: 'Nothing more is written here: see what the other worker makes of the run.',
    details: { lane: hold.lane, epoch: hold.epoch },
  });
}

/** Repeats what failed because the database is out of reach, or was in the way of another transaction. */
export async function patiently<T>(work: () => Promise<T>, patienceMs: number): Promise<T> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(500, pauseMs * 2)) {
    try {
      return await work();
    } catch (failure) {
      if (!isOutOfReach(failure) && !isCollision(failure)) throw failure;
      if (performance.now() > giveUpAtMs) throw outOfReach(failure);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function outOfReach(cause: unknown): WwiseFlowError {
  return new WwiseFlowError('STATE_UNAVAILABLE', `The database does not answer: ${linkReason(cause)}.`, {
    hint: 'See that PostgreSQL runs at the address of --database, then call again.',
    cause,
  });
}
