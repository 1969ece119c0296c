import type { SessionStore } from '../../core/stores/session-store.ts';
import {
  compressedSession,
  decompressedSession,
  sessionColumns,
  sessionOf,
  sessionValues,
  stepValues,
} from '../rows/session-rows.ts';
import type { Connections } from './connections.ts';

/** The sessions of one workspace in SQLite. */
export function sqliteSessions({ database, read, write }: Connections, workspace: string): SessionStore {
  const saveStep = database.prepare(
    `UPDATE session SET current_task = ?, variables = ?, last_activity_ms = ?, ttl_ms = ?
     WHERE workspace = ? AND session_id = ?`,
  );
  const saveWhole = database.prepare(
    `INSERT OR REPLACE INTO session (workspace, ${sessionColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
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
        const isStep =
          part === 'step' && saveStep.run(...stepValues(session), workspace, session.sessionId).changes > 0;
        if (!isStep) saveWhole.run(workspace, ...sessionValues(session));
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
