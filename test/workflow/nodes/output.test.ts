import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { outsideOf } from '../../harness/outside.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, edges, emptyShelf, node, refusal, shelfBus } from '../harness.ts';

const dir = tempDir('output');
const rows: Json = [
  { name: 'Door, open', db: -3, tags: ['a'] },
  { name: 'Shut "it"', loop: true },
];

/** What an output of these rows gives, or how it fails. */
async function written(
  data: Record<string, Json>,
  value: Json = rows,
  isPreview = false,
): Promise<JsonObject> {
  const parts = { bus: shelfBus(emptyShelf()), log: silentLog, outside: outsideOf(dir), isPreview };
  const nodes = [node('src', 'input', { source: 'static', value }), node('out', 'output', data)];
  const result = await createRunner(parts).run(compile({ nodes, edges: edges('src out') }));
  if (!result.ok) return asJsonObject(asJsonArray(asJsonObject(result.details).results).at(-1));
  return asJsonObject(asJsonObject(asJsonArray(result.data.results)[1]).data);
}

const text = (name: string) => readFileSync(join(dir, name), 'utf8');

describe('an output', () => {
  it('writes CSV with quotes where they are needed, in a folder that it makes', async () => {
    expect(await written({ destination: 'csv', path: 'sub/a.csv' })).toMatchObject({ rows: 2, written: 2 });
    expect(text('sub/a.csv')).toBe('name,db,tags,loop\n"Door, open",-3,"[""a""]",\n"Shut ""it""",,,true\n');
  });

  it('writes only the fields that are wanted, and JSON, its lines and plain text', async () => {
    await written({ destination: 'file', path: 'a.tsv', fields: ['db', 'name'] });
    expect(text('a.tsv')).toBe('db\tname\n-3\tDoor, open\n\t"Shut ""it"""\n');
    await written({ destination: 'json', path: 'a.json' });
    expect(JSON.parse(text('a.json'))).toEqual(rows);
    await written({ destination: 'file', path: 'a.jsonl' });
    expect(text('a.jsonl').split('\n')).toHaveLength(3);
    await written({ destination: 'file', path: 'a.md', content: '# {{ nodes.src.count }} rows' });
    expect(text('a.md')).toBe('# 2 rows');
  });

  it('writes Parquet that others read', async () => {
    await written({ destination: 'parquet', path: 'a.parquet' });
    const file = readFileSync(join(dir, 'a.parquet'));
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
    expect(await parquetReadObjects({ file: bytes })).toEqual([
      { name: 'Door, open', db: -3, tags: ['a'], loop: null },
      { name: 'Shut "it"', db: null, tags: null, loop: true },
    ]);
  });

  it('leaves a file alone that holds something else, unless it is to be replaced', async () => {
    writeFileSync(join(dir, 'mine.csv'), 'precious');
    expect(await written({ destination: 'csv', path: 'mine.csv' })).toMatchObject({ code: 'FILE_CONFLICT' });
    expect(text('mine.csv')).toBe('precious');
    expect(await written({ destination: 'csv', path: 'mine.csv', mode: 'replace' })).toMatchObject({
      written: 2,
    });
    expect(await written({ destination: 'csv', path: 'mine.csv' })).toMatchObject({ written: 0 });
  });

  it('writes nowhere but where it may', async () => {
    expect(await written({ destination: 'csv', path: '/tmp/elsewhere.csv' })).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
    expect(await written({ destination: 'csv', path: '../elsewhere.csv' }, rows, true)).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('adds rows to a table, each known by its run, node and item', async () => {
    const append = { destination: 'csv', path: 'log.csv', mode: 'append', fields: ['name'] };
    expect(await written(append)).toMatchObject({ written: 2 });
    writeFileSync(join(dir, 'log.csv'), text('log.csv').trimEnd());
    expect(await written(append, [{ name: 'Third' }])).toMatchObject({ written: 1 });
    const lines = text('log.csv').trimEnd().split('\n');
    expect(lines[0]).toBe('name,row_key');
    expect(lines[3]).toMatch(/^Third,exec_\S+\/out\/0$/);
    expect(lines).toHaveLength(4);
  });

  it('says why rows cannot be added to a file', async () => {
    writeFileSync(join(dir, 'other.csv'), 'a,b\n1,2\n');
    const append = (path: string) => written({ destination: 'file', path, mode: 'append' });
    expect(await append('other.csv')).toMatchObject({
      code: 'COLUMN_NOT_FOUND',
      details: { column: 'row_key' },
    });
    expect(await append('a2.json')).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'mode' } });
  });

  it('writes one object as one row, by its mapping, and says how long its lists are', async () => {
    const data = { destination: 'json', path: 'one.json', mapping: { contacts: '{{ input.items }}', at: 1 } };
    expect(await written(data)).toMatchObject({ rows: 1, contactsCount: 2 });
    expect(JSON.parse(text('one.json'))).toEqual([{ contacts: rows, at: 1 }]);
  });

  it('writes nothing in a preview', async () => {
    expect(await written({ destination: 'csv', path: 'preview.csv' }, rows, true)).toMatchObject({
      rows: 2,
      written: 0,
    });
    expect(existsSync(join(dir, 'preview.csv'))).toBe(false);
  });

  it('writes each item of a loop for itself', async () => {
    const nodes = [
      node('each', 'forEach', {
        items: ['a', 'b'],
        nodes: [
          node('out', 'output', {
            ...{ destination: 'csv', path: 'loop.csv', mode: 'append' },
            mapping: { item: '{{ item }}' },
          }),
        ],
      }),
    ];
    const parts = { bus: shelfBus(emptyShelf()), log: silentLog, outside: outsideOf(dir) };
    expect(await createRunner(parts).run(compile({ nodes }))).toMatchObject({ ok: true });
    expect(text('loop.csv')).toMatch(
      /^item,row_key\n[ab],exec_\S+\/each\[\d\]\.out\/0\n[ab],exec_\S+\/each\[\d\]\.out\/0\n$/,
    );
  });

  it('is refused, when it is compiled, without what its destination needs, and for who may only read', () => {
    const bad = (data: Record<string, Json>) => refusal({ nodes: [node('o', 'output', data)] }).problems[0];
    expect(bad({ destination: 'csv' })).toMatchObject({
      code: 'MISSING_INPUT',
      pointer: '/nodes/0/data/path',
    });
    expect(bad({ destination: 'csv', path: 'x', url: 'http://x' })?.pointer).toBe('/nodes/0/data/url');
  });
});
