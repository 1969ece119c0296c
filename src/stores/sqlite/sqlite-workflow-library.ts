import { canonicalJson } from '../../core/canonical-json.ts';
import { asJsonObject } from '../../core/json.ts';
import type { WorkflowLibrary } from '../../core/stores/workflow-library.ts';
import { libraryEntryOf, libraryWorkflowOf, workflowOrderColumns } from '../rows/workflow-rows.ts';
import type { Connections } from './connections.ts';

/** The workflow library of one workspace in SQLite. */
export function sqliteWorkflowLibrary(
  { database, read, write }: Connections,
  workspace: string,
  now: () => number,
): WorkflowLibrary {
  const newest = database.prepare(`${select} AND workflow_id = ? ORDER BY version DESC LIMIT 1`);
  const exact = database.prepare(`${select} AND workflow_id = ? AND version = ?`);
  const all = database.prepare(`${select} AND workflow_id = ? ORDER BY version DESC`);
  const insert = database.prepare(
    `INSERT INTO workflow (workspace, workflow_id, version, name, description, document, saved_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const highest = database.prepare(
    'SELECT next FROM workflow_version WHERE workspace = ? AND workflow_id = ?',
  );
  const raise = database.prepare(
    'INSERT OR REPLACE INTO workflow_version (workspace, workflow_id, next) VALUES (?, ?, ?)',
  );
  const pageIn = (order: string) =>
    database.prepare(`${select} AND ${isNewest} AND ${matches} ORDER BY ${order} LIMIT ? OFFSET ?`);
  const count = database.prepare(
    `SELECT count(*) AS total FROM workflow AS w WHERE workspace = ? AND ${isNewest} AND ${matches}`,
  );
  const removeAll = database.prepare('DELETE FROM workflow WHERE workspace = ? AND workflow_id = ?');
  const remove = database.prepare(
    'DELETE FROM workflow WHERE workspace = ? AND workflow_id = ? AND version = ?',
  );

  const save = ({ workflowId, name, description, document }: Parameters<WorkflowLibrary['save']>[0]) => {
    const present = libraryWorkflowOf(newest.get(workspace, workflowId));
    if (present !== undefined && canonicalJson(present.document) === canonicalJson(document)) {
      if (present.name === name && present.description === description) {
        return { version: present.version, isNew: false };
      }
    }
    // A number is never used twice, so that a version always means the same document.
    const version = numberIn(highest.get(workspace, workflowId), 'next') || 1;
    raise.run(workspace, workflowId, version + 1);
    insert.run(workspace, workflowId, version, name, description, JSON.stringify(document), now());
    return { version, isNew: true };
  };

  return {
    save: (workflow) => write('killSafe', () => save(workflow)),
    get: (workflowId, version) =>
      read(() =>
        libraryWorkflowOf(
          version === undefined
            ? newest.get(workspace, workflowId)
            : exact.get(workspace, workflowId, version),
        ),
      ),
    list: ({ text = '', limit, offset, sortBy = 'workflowId', sortOrder = 'asc' }) => {
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      return read(() => ({
        entries: pageIn(
          `${workflowOrderColumns[sortBy]} ${sortOrder === 'asc' ? 'ASC' : 'DESC'}, workflow_id`,
        )
          .all(workspace, pattern, pattern, pattern, limit, offset)
          .flatMap((row) => libraryEntryOf(row) ?? []),
        total: numberIn(count.get(workspace, pattern, pattern, pattern), 'total'),
      }));
    },
    versions: (workflowId) =>
      read(() => all.all(workspace, workflowId).flatMap((row) => libraryEntryOf(row) ?? [])),
    delete: (workflowId, version) =>
      write(
        'killSafe',
        () =>
          (version === undefined
            ? removeAll.run(workspace, workflowId)
            : remove.run(workspace, workflowId, version)
          ).changes,
      ),
  };
}

const sameWorkflow = 'v.workspace = w.workspace AND v.workflow_id = w.workflow_id';
const select = `SELECT *, (SELECT count(*) FROM workflow AS v WHERE ${sameWorkflow}) AS versions FROM workflow AS w
  WHERE workspace = ?`;
const isNewest = `version = (SELECT max(version) FROM workflow AS v WHERE ${sameWorkflow})`;
const matches = `(workflow_id LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR description LIKE ? ESCAPE '\\')`;

function numberIn(row: unknown, column: string): number {
  const value = asJsonObject(row)[column];
  return typeof value === 'number' ? value : 0;
}
