import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import type { NamedDatabases } from '../../src/outside/databases/named-database.ts';
import { createRunner } from '../../src/workflow/runtime/runner.ts';
import { outsideOf } from '../harness/outside.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../harness/servers/postgres-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { compile, edges, emptyShelf, node, shelfBus } from '../workflow/harness.ts';

const dir = tempDir('databases');
const tables = `
  CREATE TABLE sounds (id INTEGER PRIMARY KEY, name TEXT NOT NULL, db REAL, "odd name" TEXT);
  INSERT INTO sounds VALUES (1, 'Door', -3.5, 'x'), (2, 'Wind', NULL, 'y'), (3, 'Rain', -12, NULL);
  CREATE TABLE takes (sound INTEGER, file TEXT);
`;
let server: PostgresServer | undefined;
let address = '';

beforeAll(async () => {
  const sqlite = new Sqlite(join(dir, 'sounds.db'));
  sqlite.exec(tables);
  sqlite.close();
  if (!hasPostgres) return;
  server = await startPostgres();
  address = await server.newDatabase();
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(tables);
  await client.end();
}, 120_000);
afterAll(() => server?.stop());

interface Tried {
  readonly kind: 'sqlite' | 'postgres';
  readonly databases: (isWritable?: boolean) => NamedDatabases;
  readonly rowsOf: (table: string) => Promise<readonly object[]>;
}

const sqlite: Tried = {
  kind: 'sqlite',
  databases: (isWritable = true) => [
    { name: 'sounds', kind: 'sqlite', isWritable, path: join(dir, 'sounds.db') },
  ],
  rowsOf: async (table) => {
    const database = new Sqlite(join(dir, 'sounds.db'));
    const rows = database.prepare(`SELECT * FROM ${table}`).all();
    database.close();
    return rows.map((row) => Object(row));
  },
};
const ofServer: Tried = {
  kind: 'postgres',
  databases: (isWritable = true) => [
    { name: 'sounds', kind: 'postgres', isWritable, address: () => address },
  ],
  rowsOf: async (table) => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query<object>(`SELECT * FROM ${table}`);
    await client.end();
    return rows;
  },
};

async function ran(
  data: Record<string, Json>,
  databases: NamedDatabases,
  items: Json = [],
): Promise<JsonObject> {
  const type = data.source === undefined ? 'output' : 'input';
  const nodes = [node('items', 'input', { source: 'static', value: items }), node('it', type, data)];
  const document = type === 'input' ? { nodes: nodes.slice(1) } : { nodes, edges: edges('items it') };
  const parts = { bus: shelfBus(emptyShelf()), log: silentLog, outside: outsideOf(dir, databases) };
  const result = await createRunner(parts).run(compile(document));
  const row = asJsonObject(
    asJsonArray(asJsonObject(result.ok ? result.data : result.details).results).at(-1),
  );
  return result.ok ? asJsonObject(row.data) : row;
}

describe.each(hasPostgres ? [sqlite, ofServer] : [sqlite])(
  'a database of $kind',
  ({ databases, rowsOf, kind }) => {
    const input = (data: Record<string, Json>) => ran({ source: 'database', ...data }, databases());
    const output = (data: Record<string, Json>, items?: Json, isWritable = true) =>
      ran({ destination: 'database', ...data }, databases(isWritable), items);

    it('gives the rows of a query with parameters, and of a table by its bare name', async () => {
      const query = "SELECT name, db FROM sounds WHERE db < $1 AND name <> 'a $1' ORDER BY id; -- done";
      expect(await input({ query, parameters: [-5] })).toEqual({
        items: [{ name: 'Rain', db: -12 }],
        count: 1,
      });
      expect(await input({ query: 'sounds', fields: ['id', 'name'], limit: 2, orderBy: '-id' })).toEqual({
        items: [
          { id: 3, name: 'Rain' },
          { id: 2, name: 'Wind' },
        ],
        count: 2,
      });
      expect(await input({ table: 'SOUNDS', where: { name: 'Door' }, single: true })).toEqual({
        ...{ id: 1, name: 'Door', db: -3.5, 'odd name': 'x' },
      });
      expect(await input({ table: 'sounds', where: { db: null } })).toMatchObject({ count: 1 });
    });

    it.each([
      [
        'a table that is not there',
        { table: 'sound' },
        'TABLE_NOT_FOUND',
        { candidates: expect.arrayContaining(['sounds']) },
      ],
      ['one in a query', { query: 'SELECT * FROM absent' }, 'TABLE_NOT_FOUND', { table: 'absent' }],
      [
        'a column',
        { table: 'sounds', fields: ['nam'] },
        'COLUMN_NOT_FOUND',
        { candidates: expect.arrayContaining(['name']) },
      ],
      ['a column in a query', { query: 'SELECT nam FROM sounds' }, 'COLUMN_NOT_FOUND', { column: 'nam' }],
      ['a query that is none', { query: 'SELECT FROM WHERE' }, 'INVALID_QUERY', {}],
      [
        'a database that is not there',
        { table: 'sounds', database: 'sound' },
        'DATABASE_NOT_FOUND',
        { candidates: expect.arrayContaining(['sounds']) },
      ],
    ])('says what is not there: %s', async (_, data, code, details) => {
      expect(await input(data)).toMatchObject({ code, details });
    });

    it.each([
      'DELETE FROM sounds',
      'SELECT 1; DELETE FROM sounds',
      'WITH gone AS (SELECT 1) DELETE FROM sounds',
      'PRAGMA query_only = OFF',
      "ATTACH 'x.db' AS x",
      'SELECT 1) AS a; DELETE FROM sounds; SELECT * FROM (SELECT 1',
      "INSERT INTO sounds (id, name) VALUES (9, 'x') RETURNING id",
    ])('is changed by no query of an input: %s', async (query) => {
      expect(await input({ query })).toMatchObject({ ok: false });
      expect(await rowsOf('sounds')).toHaveLength(3);
      expect(existsSync('x.db')).toBe(false);
    });

    it('interrupts a query that takes too long, and lets others have the thread', async () => {
      let others = 0;
      const timer = setInterval(() => (others += 1), 5);
      const query = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c';
      expect(await input({ query, queryTimeoutMs: 200 })).toMatchObject({ code: 'TIMEOUT' });
      clearInterval(timer);
      expect(others).toBeGreaterThan(3);
    });

    it('takes rows in, all or none, and makes a table where it is asked to', async () => {
      const rows = [
        { sound: 1, file: 'a.wav' },
        { sound: 2, file: null },
      ];
      expect(await output({ table: 'takes' }, rows)).toMatchObject({ rows: 2, written: 2, table: 'takes' });
      expect(await rowsOf('takes')).toHaveLength(2);
      expect(await output({ table: 'takes' }, [{ sound: 1 }, { sond: 2 }])).toMatchObject({
        code: 'COLUMN_NOT_FOUND',
      });
      expect(await rowsOf('takes')).toHaveLength(2);
      const made = [
        { name: 'a', list: [1], n: 1, x: 1.5 },
        { name: 'b', flag: true },
      ];
      expect(await output({ table: 'made', createRelation: true }, made)).toMatchObject({ written: 2 });
      expect(await rowsOf('made')).toMatchObject([
        { name: 'a', n: kind === 'postgres' ? '1' : 1, x: 1.5 },
        { name: 'b' },
      ]);
      expect(await output({ table: 'absent' }, rows)).toMatchObject({ code: 'TABLE_NOT_FOUND' });
      const again = [{ name: 'c', list: 'a "text"' }];
      expect(await output({ table: 'made' }, again)).toMatchObject({ written: 1 });
      expect((await input({ table: 'made', where: { name: 'c' }, single: true })).list).toBe('a "text"');
    });

    it('gives of one row its id, by its own name too', async () => {
      const data = { table: 'sounds', mapping: { id: 40, name: 'Leaf' } };
      expect(await output(data)).toMatchObject({ written: 1, id: 40, soundId: 40 });
    });

    it('is written to only where the configuration says so', async () => {
      expect(await output({ table: 'takes' }, [{ sound: 9 }], false)).toMatchObject({
        code: 'NOT_PERMITTED',
      });
    });
  },
);

describe('databases', () => {
  it('that do not answer are said to, and may be asked again', async () => {
    const absent: NamedDatabases = [
      { name: 'a', kind: 'sqlite', isWritable: false, path: join(dir, 'absent.db') },
    ];
    expect(await ran({ source: 'database', table: 't' }, absent)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    expect(existsSync(join(dir, 'absent.db'))).toBe(false);
    const closed: NamedDatabases = [
      {
        name: 'a',
        kind: 'postgres',
        isWritable: false,
        address: () => 'postgres://u:a-password@127.0.0.1:1/x',
      },
    ];
    const refused = await ran({ source: 'database', table: 't' }, closed);
    expect(refused).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(JSON.stringify(refused)).not.toContain('a-password');
  });
});
