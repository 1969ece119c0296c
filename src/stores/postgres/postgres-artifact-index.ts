import type { ArtifactIndex } from '../artifacts/artifact-index.ts';
import { indexedArtifactOf } from '../rows/artifact-rows.ts';
import type { PostgresSession } from './session.ts';

/** What is known of the artifacts of one workspace, in PostgreSQL. */
export function postgresArtifactIndex({ read, write }: PostgresSession, workspace: string): ArtifactIndex {
  return {
    set: ({ id, kind, run, name, contentType, bytes, location, createdAtMs, expiresAtMs }) =>
      write(async (sql) => {
        const [former] =
          await sql`select location from artifact where workspace = ${workspace} and id = ${id} for update`;
        await sql`insert into artifact (workspace, id, kind, run, name, content_type, bytes, location, created_at_ms, expires_at_ms)
          values (${workspace}, ${id}, ${kind}, ${run}, ${name}, ${contentType}, ${bytes}, ${location}, ${createdAtMs}, ${expiresAtMs})
          on conflict (workspace, id) do update set content_type = excluded.content_type, bytes = excluded.bytes,
            location = excluded.location, created_at_ms = excluded.created_at_ms, expires_at_ms = excluded.expires_at_ms`;
        return former === undefined ? undefined : String(former.location);
      }),
    get: (id) =>
      read(async (sql) => {
        const [row] = await sql`select * from artifact where workspace = ${workspace} and id = ${id}`;
        return indexedArtifactOf(row);
      }),
    expire: (id, expiresAtMs) =>
      write(async (sql) => {
        await sql`update artifact set expires_at_ms = ${expiresAtMs} where workspace = ${workspace} and id = ${id}`;
      }),
    list: (run) =>
      read(async (sql) => {
        const rows =
          await sql`select * from artifact where workspace = ${workspace} and run = ${run} order by id`;
        return rows.flatMap((row) => indexedArtifactOf(row) ?? []);
      }),
    runsBefore: (atMs) =>
      read(async (sql) => {
        const rows = await sql`select distinct run from artifact where workspace = ${workspace}
          and created_at_ms < ${atMs} order by run`;
        return rows.map(({ run }) => String(run));
      }),
    expiredBy: (atMs) =>
      read(async (sql) => {
        const rows =
          await sql`select * from artifact where workspace = ${workspace} and expires_at_ms <= ${atMs} order by id`;
        return rows.flatMap((row) => indexedArtifactOf(row) ?? []);
      }),
    remove: (ids) =>
      write(async (sql) => {
        const rows =
          await sql`delete from artifact where workspace = ${workspace} and id = any (${[...ids]}) returning *`;
        return rows.flatMap((row) => indexedArtifactOf(row) ?? []);
      }),
    known: (locations) =>
      read(async (sql) => {
        const rows = await sql`select location from artifact where workspace = ${workspace}
          and location = any (${[...locations]})`;
        return new Set(rows.map(({ location }) => String(location)));
      }),
  };
}
