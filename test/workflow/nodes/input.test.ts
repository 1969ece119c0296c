import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { outsideOf } from '../../harness/outside.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';
import { compile, emptyShelf, node, refusal, shelfBus } from '../harness.ts';

const dir = tempDir('input');

/** What an input of this data gives, or how it fails. */
async function given(data: Record<string, Json>, input?: JsonObject): Promise<JsonObject> {
  const runner = createRunner({ bus: shelfBus(emptyShelf()), log: silentLog, outside: outsideOf(dir) });
  const result = await runner.run(compile({ nodes: [node('src', 'input', data)] }), { input });
  if (!result.ok) return asJsonObject(asJsonArray(asJsonObject(result.details).results).at(-1));
  const [row] = asJsonArray(result.data.results);
  return asJsonObject(asJsonObject(row).data);
}

/** What reading a file of this text gives. */
async function read(name: string, text: string, more: Record<string, Json> = {}): Promise<JsonObject> {
  writeFileSync(join(dir, name), text);
  return given({ source: 'file', path: name, ...more });
}

describe('an input', () => {
  it('gives what is written down: a list as items, an object as it is', async () => {
    expect(await given({ source: 'static', value: [1, 2] })).toEqual({ items: [1, 2], count: 2 });
    expect(await given({ source: 'static', value: { a: 1, b: 2 }, fields: ['b'] })).toEqual({ b: 2 });
    expect(await given({ source: 'static', value: 7 })).toEqual({ value: 7 });
    expect(await given({ source: 'static', value: [{ a: 1 }], single: true })).toEqual({ a: 1 });
  });

  it('says that a list is not the one row it was asked for', async () => {
    expect(await given({ source: 'static', value: [1, 2], single: true })).toMatchObject({
      code: 'INVALID_INPUT',
      error: expect.stringContaining('2 rows'),
    });
  });

  it('reads CSV with quotes, line breaks in cells and a mark at its beginning', async () => {
    const text = '\uFEFFname,notes,db\r\n"Door, open","He said ""bang""\nand left",-3.5\r\nShut,,\r\n';
    expect(await read('a.csv', text, { types: { db: 'number' } })).toMatchObject({
      columns: ['name', 'notes', 'db'],
      items: [
        { name: 'Door, open', notes: 'He said "bang"\nand left', db: -3.5 },
        { name: 'Shut', notes: '', db: null },
      ],
    });
  });

  it('reads tables without a header, by tabs or semicolons, and only what is wanted of them', async () => {
    expect(await read('b.tsv', 'x\t1\ny\t2\n', { header: false, columns: ['n', 'v'] })).toMatchObject({
      items: [
        { n: 'x', v: '1' },
        { n: 'y', v: '2' },
      ],
    });
    expect(await read('c.csv', 'a;b\n1;2\n3;4\n', { delimiter: ';', fields: ['b'], limit: 1 })).toMatchObject(
      {
        items: [{ b: '2' }],
        count: 1,
      },
    );
  });

  it('reads JSON, its lines, and a list inside it', async () => {
    expect(await read('a.json', '{"data":{"rows":[{"a":1}]}}', { list: 'data.rows' })).toMatchObject({
      items: [{ a: 1 }],
    });
    expect(await read('b.json', '{"a":1}')).toEqual({ a: 1 });
    expect(await read('c.jsonl', '{"a":1}\n\n{"a":2}\n')).toMatchObject({ count: 2 });
  });

  it.each([
    ['an open quote', 'q.csv', 'a,b\n"x,1\n', {}, 'TABLE_UNREADABLE', { line: expect.any(Number) }],
    ['a row of another length', 'l.csv', 'a,b\n1,2,3\n', {}, 'TABLE_UNREADABLE', { line: 2 }],
    ['two columns of one name', 't.csv', 'a,a\n1,2\n', {}, 'TABLE_UNREADABLE', { columns: ['a', 'a'] }],
    [
      'a column that is not there',
      'n.csv',
      'name\nx\n',
      { types: { nam: 'number' } },
      'COLUMN_NOT_FOUND',
      { candidates: ['name'] },
    ],
    [
      'a cell of another type',
      'c.csv',
      'v\nx\n',
      { types: { v: 'number' } },
      'TABLE_UNREADABLE',
      { column: 'v', row: 1 },
    ],
    ['a line that is no JSON', 'j.jsonl', '{}\n{"a"\n', {}, 'TABLE_UNREADABLE', { line: 2 }],
    ['no list where one is named', 'k.json', '{"a":1}', { list: 'a' }, 'INVALID_INPUT', { field: 'list' }],
    ['an extension that says nothing', 'e.dat', 'x', {}, 'INVALID_INPUT', { field: 'format' }],
  ])('says where a file is not what was asked for: %s', async (_, name, text, more, code, details) => {
    expect(await read(name, text, more)).toMatchObject({ code, details });
  });

  it('reads no file that is not there, or lies elsewhere', async () => {
    expect(await given({ source: 'file', path: 'a.cvs' })).toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect(await given({ source: 'file', path: '/etc/hostname' })).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('lists a folder with the facts of its audio, and follows no link', async () => {
    const folder = join(dir, 'audio');
    writeTone(join(folder, 'b.wav'), { seconds: 0.5, sampleRate: 48_000, channels: 2 });
    writeTone(join(folder, 'deep', 'a.WAV'));
    writeFileSync(join(folder, 'broken.wav'), 'text');
    writeFileSync(join(folder, 'notes.txt'), 'text');
    mkdirSync(join(dir, 'other'));
    symlinkSync(join(dir, 'other'), join(folder, 'link'));
    const all = await given({ source: 'folder', path: 'audio', recursive: true, extensions: ['wav'] });
    expect(all).toMatchObject({
      count: 3,
      items: [
        { name: 'b.wav', extension: '.wav', problem: null },
        { name: 'broken.wav', audio: null, problem: expect.stringContaining('text file') },
        { name: 'a.WAV', relativePath: 'deep/a.WAV' },
      ],
    });
    expect(asJsonObject(asJsonArray(all.items)[0]).audio).toEqual({
      ...{ channels: 2, sampleRate: 48_000, bitsPerSample: 16, durationSeconds: 0.5 },
    });
    expect(await given({ source: 'folder', path: 'audio' })).toMatchObject({ count: 3 });
  });

  it('declares the inputs of its workflow by a schema, and holds what is handed in to it', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string', minLength: 2 }, takes: { type: 'integer', default: 3 } },
      required: ['name'],
    };
    const api = { source: 'api', schema };
    expect(compile({ nodes: [node('src', 'input', api)] }).inputs).toEqual({
      ...{ name: { type: 'string' }, takes: { type: 'integer', default: 3 } },
    });
    expect(await given(api, { name: 'Door' })).toEqual({ name: 'Door', takes: 3 });
    expect(await given(api, { name: 'D' })).toMatchObject({
      code: 'INVALID_INPUT',
      details: { issues: [{ pointer: '/name' }] },
    });
    expect(await given(api, {})).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('takes what was uploaded by the input "file", and a delivery by "body"', async () => {
    writeFileSync(join(dir, 'up.csv'), 'a\n1\n');
    expect(await given({ source: 'upload' }, { file: join(dir, 'up.csv') })).toMatchObject({
      items: [{ a: '1' }],
    });
    expect(await given({ source: 'webhook' }, { body: { a: 1 } })).toEqual({ a: 1 });
  });

  it('is refused, when it is compiled, with members that its source does not read', () => {
    const bad = (data: Record<string, Json>) => refusal({ nodes: [node('src', 'input', data)] }).problems[0];
    expect(bad({ source: 'static', value: 1, path: 'x' })).toMatchObject({
      code: 'WORKFLOW_INVALID',
      pointer: '/nodes/0/data/path',
      suggestion: [{ op: 'remove', path: '/nodes/0/data/path' }],
    });
    expect(bad({ source: 'database' })).toMatchObject({
      code: 'MISSING_INPUT',
      pointer: '/nodes/0/data/query',
    });
    expect(bad({ source: 'fil', path: 'x' })?.message).toContain('"fil"');
  });
});
