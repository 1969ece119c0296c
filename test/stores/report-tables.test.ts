import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import { diskContents } from '../../src/stores/artifacts/disk-contents.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../src/workflow/runtime/runs.ts';
import { packageDir } from '../harness/app-in.ts';
import { hasPostgres, startPostgres } from '../harness/servers/postgres-server.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { newTempDir, tempDir } from '../harness/temp-dir.ts';
import { compile, emptyShelf, node, shelfBus } from '../workflow/harness.ts';
import { remoteWith } from '../workflow/remote/run-remote.ts';

const page = readFileSync(join(packageDir, 'docs/guides/tables.md'), 'utf8');
const queries = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].flatMap(
    ([, text]) => text ?? [],
  );

/** A workflow in two versions, and a run of it whose service fails twice at first. */
async function filled(stores: Stores): Promise<string> {
  let asked = 0;
  const { url } = await standIn((app) => {
    app.get('/words', (c) => {
      asked += 1;
      return asked < 3 ? c.text('', 500) : c.json({ word: 'rain' });
    });
  });
  const document = {
    workflowId: 'words',
    name: 'Words',
    metadata: { category: 'naming', is_active: false },
    nodes: [
      {
        ...node('ask', 'http', { url: `${url}/words` }),
        retry: { maxRetries: 3, initialDelayMs: 1, jitter: false },
      },
      node('said', 'say', { text: 'It is {{ nodes.ask.body.word }}' }),
    ],
  };
  const workflow = { workflowId: 'words', name: 'Words', description: null };
  await stores.library.save({ ...workflow, document: { ...document, name: 'Old' } });
  await stores.library.save({ ...workflow, document });
  const bus = shelfBus(emptyShelf());
  const runs = createRuns({ bus, log: silentLog, store: stores.runs, remote: remoteWith() });
  const { executionId, done } = runs.start(compile(document));
  expect(await done).toMatchObject({ ok: true, data: { results: [{ node: 'ask', retries: 2 }, {}] } });
  runs.close();
  return executionId;
}

function expectTables(tables: readonly (readonly object[])[], executionId: string): void {
  const [workflows, executions, blocks] = tables;
  expect(workflows).toMatchObject([{ workflow_id: 'words', version: 2, name: 'Words', category: 'naming' }]);
  expect(Boolean(Object(workflows?.[0]).is_active)).toBe(false);
  expect(executions).toMatchObject([
    { id: executionId, workflow_id: 'words', status: 'done', error_message: null },
  ]);
  expect(Object(executions?.[0]).execution_time_ms).toBeGreaterThan(0);
  expect(blocks).toMatchObject([
    {
      workflow_execution_id: executionId,
      node_id: 'ask',
      block_type: 'http',
      status: 'done',
      retry_count: 2,
    },
    { node_id: 'said', block_type: 'say', status: 'done', retry_count: 0 },
  ]);
  const { started_at: from, completed_at: to, execution_time_ms: took } = Object(blocks?.[0]);
  expect(took).toBeGreaterThan(0);
  expect(from).toBeLessThanOrEqual(to);
}

describe('the queries of the guide', () => {
  it('give workflows, executions and blocks with their retries from SQLite', async () => {
    const dir = tempDir('tables');
    const stores = openSqliteStores(dir);
    const executionId = await filled(stores);
    await stores.close();
    const database = new Sqlite(join(dir, 'wwiseflow.db'));
    const tables = queries('sqlite').map((query) => database.prepare(query).all().map(Object));
    database.close();
    expect(tables).toHaveLength(3);
    expectTables(tables, executionId);
  });

  it.runIf(hasPostgres)('give the same from PostgreSQL', async () => {
    const server = await startPostgres();
    const url = await server.newDatabase();
    const database = await openPostgres(url, silentLog);
    const contents = diskContents(newTempDir('tables-pg'), 'default');
    const executionId = await filled(postgresStores(database, { contents }));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("SELECT set_config('wwiseflow.workspace', 'default', false)");
    const tables: (readonly object[])[] = [];
    for (const query of queries('postgresql')) tables.push((await client.query(query)).rows);
    await client.end();
    await database.close();
    await server.stop();
    expectTables(tables, executionId);
  });
});
