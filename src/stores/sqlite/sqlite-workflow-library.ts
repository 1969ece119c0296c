import type Database from 'libsql';
import { canonicalJson } from '../../core/canonical-json.ts';
import { asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { LibraryEntry, LibraryWorkflow, WorkflowLibrary } from '../../core/stores/workflow-library.ts';

/** The workflow library in SQLite; `close` closes the database. */
export function sqliteWorkflowLibrary(
  database: Database.Database,
  now: () => number = Date.now,
): WorkflowLibrary {
  const newest = database.prepare(`${select} WHERE workflow_id = ? ORDER BY version DESC LIMIT 1`);
  const exact = database.prepare(`${select} WHERE workflow_id = ? AND version = ?`);
  const all = database.prepare(`${select} WHERE workflow_id = ? ORDER BY version DESC`);
  const insert = database.prepare(
    `INSERT INTO workflow (workflow_id, version, name, description, document, saved_at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const highest = database.prepare('SELECT next FROM workflow_version WHERE workflow_id = ?');
  const raise = database.prepare('INSERT OR REPLACE INTO workflow_version (workflow_id, next) VALUES (?, ?)');
  const page = database.prepare(
    `${select} WHERE ${isNewest} AND ${matches} ORDER BY workflow_id LIMIT ? OFFSET ?`,
  );
  const count = database.prepare(
    `SELECT count(*) AS total FROM workflow AS w WHERE ${isNewest} AND ${matches}`,
  );
  const removeAll = database.prepare('DELETE FROM workflow WHERE workflow_id = ?');
  const remove = database.prepare('DELETE FROM workflow WHERE workflow_id = ? AND version = ?');

  const save = database.transaction((workflow: Parameters<WorkflowLibrary['save']>[0]) => {
    const { workflowId, name, description, document } = workflow;
    const present = workflowOf(newest.get(workflowId));
    if (present !== undefined && canonicalJson(present.document) === canonicalJson(document)) {
      if (present.name === name && present.description === description) {
        return { version: present.version, isNew: false };
      }
    }
    // A number is never used twice, so that a version always means the same document.
    const version = numberIn(highest.get(workflowId), 'next') || 1;
    raise.run(workflowId, version + 1);
    insert.run(workflowId, version, name, description, JSON.stringify(document), now());
    return { version, isNew: true };
  });

  return {
    save: (workflow) => save.immediate(workflow),
    get: (workflowId, version) =>
      workflowOf(version === undefined ? newest.get(workflowId) : exact.get(workflowId, version)),
    list: ({ text = '', limit, offset }) => {
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      const rows = page.all(pattern, pattern, pattern, limit, offset);
      return {
        entries: rows.flatMap((row) => entryOf(row) ?? []),
        total: numberIn(count.get(pattern, pattern, pattern), 'total'),
      };
    },
    versions: (workflowId) => all.all(workflowId).flatMap((row) => entryOf(row) ?? []),
    delete: (workflowId, version) =>
      (version === undefined ? removeAll.run(workflowId) : remove.run(workflowId, version)).changes,
    close: () => {
      database.close();
    },
  };
}

const select =
  'SELECT *, (SELECT count(*) FROM workflow AS v WHERE v.workflow_id = w.workflow_id) AS versions FROM workflow AS w';
const isNewest = 'version = (SELECT max(version) FROM workflow AS v WHERE v.workflow_id = w.workflow_id)';
const matches = `(workflow_id LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR description LIKE ? ESCAPE '\\')`;

function workflowOf(row: unknown): LibraryWorkflow | undefined {
  const entry = entryOf(row);
  if (entry === undefined || !isJsonObject(row)) return undefined;
  const document: unknown = JSON.parse(asString(row.document) ?? '{}');
  return { ...entry, document: asJsonObject(document) };
}

function entryOf(row: unknown): LibraryEntry | undefined {
  if (!isJsonObject(row) || typeof row.workflow_id !== 'string') return undefined;
  return {
    workflowId: row.workflow_id,
    version: number(row.version),
    name: asString(row.name) ?? null,
    description: asString(row.description) ?? null,
    savedAtMs: number(row.saved_at_ms),
    versions: number(row.versions),
  };
}

function numberIn(row: unknown, column: string): number {
  return number(asJsonObject(row)[column]);
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
