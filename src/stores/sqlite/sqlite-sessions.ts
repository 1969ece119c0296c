import type { SessionStore } from '../../core/stores/session-store.ts';
import {
  compressedSession,
  decompressedSession,
  sessionColumns,
  sessionOf,
  sessionValues,
} from '../rows/session-rows.ts';
import type { Connections } from './connections.ts';

/** The sessions of one workspace in SQLite. */
export function sqliteSessions({ database, read, write }: Connections, workspace: string): SessionStore {
  const saving = (part: 'step' | 'whole') => {
    const kept = `current_task = excluded.current_task, variables = excluded.variables,
      last_activity_ms = excluded.last_activity_ms, ttl_ms = excluded.ttl_ms`;
    const set = part === 'step' ? kept : `${kept}, state = excluded.state`;
    const sql = `INSERT INTO session (workspace, ${sessionColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace, session_id) DO UPDATE SET ${set}`;
    return database.prepare(sql);
  };
  const saves = { step: saving('step'), whole: saving('whole') };
  const select = database.prepare(
    `SELECT ${sessionColumns} FROM session WHERE workspace = ? AND session_id = ?`,
  );
  const remove = database.prepare('DELETE FROM session WHERE workspace = ? AND session_id = ?');
  const archive = database.prepare(
    'INSERT OR REPLACE INTO session_archive (workspace, session_id, ended_at_ms, content) VALUES (?, ?, ?, ?)',
  );
  const archived = database.prepare(
    'SELECT content FROM session_archive WHERE workspace = ? AND session_id = ?',
  );
  const forget = database.prepare('DELETE FROM session_archive WHERE workspace = ? AND ended_at_ms < ?');
  return {
    save: (session, part, durability) =>
      write(durability, () => {
        saves[part].run(workspace, ...sessionValues(session));
      }),
    load: (sessionId) => read(() => sessionOf(select.get(workspace, sessionId))),
    archive: (session, endedAtMs) => {
      const content = compressedSession(session);
      return write('powerSafe', () => {
        archive.run(workspace, session.sessionId, endedAtMs, content);
        remove.run(workspace, session.sessionId);
      });
    },
    archived: (sessionId) => read(() => decompressedSession(contentIn(archived.get(workspace, sessionId)))),
    forgetArchivedBefore: (atMs) => write('killSafe', () => forget.run(workspace, atMs).changes),
  };
}

function contentIn(row: unknown): unknown {
  return typeof row === 'object' && row !== null && 'content' in row ? row.content : undefined;
}
