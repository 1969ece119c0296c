import { canonicalJson } from '../../core/canonical-json.ts';
import type { LibraryFilter, WorkflowLibrary } from '../../core/stores/workflow-library.ts';
import { libraryEntryOf, libraryWorkflowOf, workflowOrderColumns } from '../rows/workflow-rows.ts';
import type { PostgresSession } from './session.ts';
import { columns, part, type Query, type SqlPart } from './statement.ts';
import { storedText } from './stored-text.ts';

type Saved = Parameters<WorkflowLibrary['save']>[0];

/** The workflow library of one workspace in PostgreSQL. */
export function postgresWorkflowLibrary(
  { read, write }: PostgresSession,
  workspace: string,
  now: () => number,
): WorkflowLibrary {
  const versionsOf = (workflowId: string): SqlPart => part`${selected} where workspace = ${workspace}
    and workflow_id = ${workflowId}`;

  const save = async (sql: Query, { workflowId, name, description, document }: Saved) => {
    // Two that save the same workflow take turns.
    const [raised] = await sql`insert into workflow_version (workspace, workflow_id, next)
      values (${workspace}, ${workflowId}, 1) on conflict (workspace, workflow_id) do update set next = workflow_version.next
      returning next`;
    const [row] = await sql`${versionsOf(workflowId)} order by version desc limit 1`;
    const present = libraryWorkflowOf(row);
    if (present !== undefined && canonicalJson(present.document) === canonicalJson(document)) {
      if (present.name === storedText(name) && present.description === storedText(description))
        return { version: present.version, isNew: false };
    }
    // A number is never used twice, so that a version always means the same document.
    const version = Number(raised?.next ?? 1);
    await sql`update workflow_version set next = ${version + 1} where workspace = ${workspace}
      and workflow_id = ${workflowId}`;
    await sql`insert into workflow (workspace, workflow_id, version, name, description, document, saved_at_ms)
      values (${workspace}, ${workflowId}, ${version}, ${storedText(name)}, ${storedText(description)},
        ${JSON.stringify(document)}, ${now()})`;
    return { version, isNew: true };
  };

  return {
    save: (workflow) => write((sql) => save(sql, workflow)),
    get: (workflowId, version) =>
      read(async (sql) => {
        const one =
          version === undefined ? part`order by version desc limit 1` : part`and version = ${version}`;
        const [row] = await sql`${versionsOf(workflowId)} ${one}`;
        return libraryWorkflowOf(row);
      }),
    list: (filter) => read((sql) => list(sql, workspace, filter)),
    versions: (workflowId) =>
      read(async (sql) => {
        const rows = await sql`${versionsOf(workflowId)} order by version desc`;
        return rows.flatMap((row) => libraryEntryOf(row) ?? []);
      }),
    delete: (workflowId, version) =>
      write(async (sql) => {
        const one = version === undefined ? part`` : part`and version = ${version}`;
        const { count } =
          await sql`delete from workflow where workspace = ${workspace} and workflow_id = ${workflowId}
          ${one}`;
        return count;
      }),
  };
}

const selected = part`select *, (select count(*)::integer from workflow as v where v.workspace = w.workspace
  and v.workflow_id = w.workflow_id) as versions from workflow as w`;

async function list(
  sql: Query,
  workspace: string,
  { text = '', limit, offset, sortBy = 'workflowId', sortOrder = 'asc' }: LibraryFilter,
) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const wanted = part`workspace = ${workspace} and version = (select max(version) from workflow as v
      where v.workspace = w.workspace and v.workflow_id = w.workflow_id)
    and (workflow_id ilike ${pattern} or name ilike ${pattern} or description ilike ${pattern})`;
  const direction = sortOrder === 'asc' ? part`asc nulls first` : part`desc nulls last`;
  const [counted] = await sql`select count(*)::double precision as total from workflow as w where ${wanted}`;
  const rows =
    await sql`${selected} where ${wanted} order by ${columns(workflowOrderColumns[sortBy])} ${direction}, workflow_id
    limit ${limit} offset ${offset}`;
  return { entries: rows.flatMap((row) => libraryEntryOf(row) ?? []), total: Number(counted?.total ?? 0) };
}
