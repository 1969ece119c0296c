import type { LaneRow, LaneStore } from '../../core/stores/lane-store.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { patiently } from './session.ts';

/** The lanes in PostgreSQL, beside the journals: a transaction that locks its lane's row is over before another one takes it. */
export function postgresLanes({ query: sql }: PostgresDatabase): LaneStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  return {
    take: (lane, { owner, host }, forMs) =>
      wait(async () => {
        const [row] = await sql`insert into lane (id, epoch, owner, host, until)
          values (${lane}, 1, ${owner}, ${host}, clock_timestamp() + ${forMs} * interval '1 millisecond')
          on conflict (id) do update set epoch = lane.epoch + 1, owner = excluded.owner, host = excluded.host,
            until = excluded.until
          where (lane.until < clock_timestamp() or lane.owner = excluded.owner)
            and (lane.host is null or lane.host = excluded.host)
          returning epoch`;
        return row === undefined ? undefined : { lane, epoch: Number(row.epoch) };
      }),
    extend: ({ lane, epoch }, forMs) =>
      wait(async () => {
        const { count } =
          await sql`update lane set until = clock_timestamp() + ${forMs} * interval '1 millisecond'
          where id = ${lane} and epoch = ${epoch}`;
        return count === 1;
      }),
    isHeld: ({ lane, epoch }) =>
      wait(async () => {
        const rows =
          await sql`select 1 from lane where id = ${lane} and epoch = ${epoch} and until > clock_timestamp()`;
        return rows.length === 1;
      }),
    release: ({ lane, epoch }) =>
      wait(async () => {
        await sql`update lane set until = clock_timestamp() where id = ${lane} and epoch = ${epoch}`;
      }),
    list: () =>
      wait(async () => {
        const rows =
          await sql`select id, epoch, owner, host, extract(epoch from until)::double precision * 1000 as until_ms
          from lane order by id`;
        return rows.map(
          ({ id, epoch, owner, host, until_ms: untilMs }): LaneRow => ({
            lane: String(id),
            epoch: Number(epoch),
            owner: String(owner),
            host: typeof host === 'string' ? host : null,
            untilMs: Number(untilMs),
          }),
        );
      }),
  };
}

/** Shorter than a lane is held for, so that who cannot hold it longer learns of it in time. */
const PATIENCE_MS = 5_000;
