import { asJsonObject, asString } from '../../core/json.ts';
import type { ArtifactIndex, IndexedArtifact } from '../artifacts/artifact-index.ts';
import { indexedArtifactOf } from '../rows/artifact-rows.ts';
import type { Connections } from './connections.ts';

/** What is known of the artifacts of one workspace, in SQLite. */
export function sqliteArtifactIndex(connections: Connections, workspace: string): ArtifactIndex {
  const { database, read, write } = connections;
  const setRow = setter(database, workspace);
  const select = database.prepare('SELECT * FROM artifact WHERE workspace = ? AND id = ?');
  const expire = database.prepare('UPDATE artifact SET expires_at_ms = ? WHERE workspace = ? AND id = ?');
  const ofRun = database.prepare('SELECT * FROM artifact WHERE workspace = ? AND run = ? ORDER BY id');
  const runsBefore = database.prepare(
    'SELECT DISTINCT run FROM artifact WHERE workspace = ? AND created_at_ms < ? ORDER BY run',
  );
  const expiredBy = database.prepare(
    'SELECT * FROM artifact WHERE workspace = ? AND expires_at_ms <= ? ORDER BY id',
  );
  const removeOne = database.prepare('DELETE FROM artifact WHERE workspace = ? AND id = ?');
  const known = database.prepare(
    'SELECT location FROM artifact WHERE workspace = ? AND location IN (SELECT value FROM json_each(?))',
  );
  return {
    set: (row, durability) => write(durability, () => setRow(row)),
    get: (id) => read(() => indexedArtifactOf(select.get(workspace, id))),
    expire: (id, expiresAtMs) =>
      write('killSafe', () => {
        expire.run(expiresAtMs, workspace, id);
      }),
    list: (run) => read(() => ofRun.all(workspace, run).flatMap((row) => indexedArtifactOf(row) ?? [])),
    runsBefore: (atMs) =>
      read(() => runsBefore.all(workspace, atMs).flatMap((row) => asString(asJsonObject(row).run) ?? [])),
    expiredBy: (atMs) =>
      read(() => expiredBy.all(workspace, atMs).flatMap((row) => indexedArtifactOf(row) ?? [])),
    remove: (ids) =>
      write('killSafe', () =>
        ids.flatMap((id) => {
          const row = indexedArtifactOf(select.get(workspace, id));
          if (row !== undefined) removeOne.run(workspace, id);
          return row ?? [];
        }),
      ),
    known: (locations) =>
      read(() => {
        const rows = known.all(workspace, JSON.stringify(locations));
        return new Set(rows.flatMap((row) => asString(asJsonObject(row).location) ?? []));
      }),
  };
}

/** Writes a row; gives the location of the one it replaces. */
function setter(database: Connections['database'], workspace: string) {
  const former = database.prepare('SELECT location FROM artifact WHERE workspace = ? AND id = ?');
  const insert = database.prepare(
    `INSERT OR REPLACE INTO artifact (workspace, id, kind, run, name, content_type, bytes, location, created_at_ms,
     expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (row: IndexedArtifact): string | undefined => {
    const { id, kind, run, name, contentType, bytes, location, createdAtMs, expiresAtMs } = row;
    const before = asString(asJsonObject(former.get(workspace, id)).location);
    const texts = [id, kind, run, name, contentType];
    insert.run(workspace, ...texts, bytes, location, createdAtMs, expiresAtMs);
    return before;
  };
}
