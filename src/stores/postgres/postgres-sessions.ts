import type { SessionStore } from '../../core/stores/session-store.ts';
import { compressedSession, decompressedSession, sessionColumns, sessionOf } from '../rows/session-rows.ts';
import type { PostgresSession } from './session.ts';
import { columns, part as sqlPart } from './statement.ts';

const allColumns = columns(...sessionColumns.split(', '));

/** The sessions of one workspace in PostgreSQL. */
export function postgresSessions({ read, write }: PostgresSession, workspace: string): SessionStore {
  return {
    save: ({ sessionId, state, currentTask, variables, lastActivityMs, ttlMs }, part) =>
      write(async (sql) => {
        const whole = part === 'whole' ? sqlPart`, state = excluded.state` : sqlPart``;
        await sql`insert into session (workspace, ${allColumns})
          values (${workspace}, ${sessionId}, ${JSON.stringify(state)}, ${currentTask}, ${JSON.stringify(variables)},
            ${lastActivityMs}, ${ttlMs})
          on conflict (workspace, session_id) do update set current_task = excluded.current_task,
            variables = excluded.variables, last_activity_ms = excluded.last_activity_ms, ttl_ms = excluded.ttl_ms ${whole}`;
      }),
    load: (sessionId) =>
      read(async (sql) => {
        const [row] = await sql`select ${allColumns} from session
          where workspace = ${workspace} and session_id = ${sessionId}`;
        return sessionOf(row);
      }),
    archive: (session, endedAtMs) => {
      const content = compressedSession(session).toString('base64');
      return write(async (sql) => {
        await sql`insert into session_archive (workspace, session_id, ended_at_ms, content)
          values (${workspace}, ${session.sessionId}, ${endedAtMs}, decode(${content}, 'base64'))
          on conflict (workspace, session_id) do update set ended_at_ms = excluded.ended_at_ms, content = excluded.content`;
        await sql`delete from session where workspace = ${workspace} and session_id = ${session.sessionId}`;
      });
    },
    archived: (sessionId) =>
      read(async (sql) => {
        const [row] = await sql`select encode(content, 'base64') as content from session_archive
          where workspace = ${workspace} and session_id = ${sessionId}`;
        return decompressedSession(
          typeof row?.content === 'string' ? Buffer.from(row.content, 'base64') : undefined,
        );
      }),
    forgetArchivedBefore: (atMs) =>
      write(async (sql) => {
        const { count } =
          await sql`delete from session_archive where workspace = ${workspace} and ended_at_ms < ${atMs}`;
        return count;
      }),
  };
}
