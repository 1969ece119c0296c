import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkReads, withParameters } from '../../../src/outside/databases/reading-query.ts';
import { cellRows } from '../../../src/workflow/nodes/data/sources/cell-rows.ts';
import { readJsonText } from '../../../src/workflow/nodes/data/sources/read-json-text.ts';
import { sourceFields } from '../../../src/workflow/nodes/data/sources/source-input.ts';
import { checkExternalSources, checkImportRows } from '../../../src/wwise/files/named-files.ts';
import { cpuTimeMs } from '../../harness/cpu-time.ts';
import { turnsOfOthers } from '../../harness/long-turns.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('large-files');
const table = (text: string, most = 1_000_000) =>
  cellRows(text, 'a.csv', 'csv', sourceFields.parse({ source: 'file', path: 'a.csv' }), most);

describe('a file of others', () => {
  it('is read as a table while others have their turn', async () => {
    const text = `name,notes\n${'Wind,in the trees\n'.repeat(60_000)}`;
    const turns = await turnsOfOthers(async () => expect((await table(text)).rows).toHaveLength(60_000));
    expect(turns).toBeGreaterThan(300);
  });

  it('is read as lines of JSON while others have their turn', async () => {
    const lines = '{"name":"Wind"}\n'.repeat(60_000);
    const read = () => readJsonText(lines, 'a.jsonl', 'jsonl', undefined);
    expect(await turnsOfOthers(async () => expect(await read()).toHaveLength(60_000))).toBeGreaterThan(300);
  });

  it('ends with the rows that were asked for', async () => {
    expect((await table(`a\n${'1\n'.repeat(50)}"never closed`, 10)).rows).toHaveLength(10);
  });

  it.each([
    ['columns', () => table(`${'a,'.repeat(20_000)}b\n`), 'has 20001 columns'],
    ['cells', () => table(`${'1,'.repeat(900)}1\n`.repeat(6_000)), 'more than 5000000 cells'],
    ['values', () => readJsonText(`[${'1,'.repeat(2_000_000)}1]`, 'a.json', 'json', undefined), '2000000'],
    ['levels', () => readJsonText('['.repeat(3_000_000), 'a.json', 'json', undefined), '2000000'],
    ['lines', () => readJsonText('[1,2]\n'.repeat(2_600_000), 'a.jsonl', 'jsonl', undefined), '5000000'],
  ])('is refused for too many %s before they are worked on', async (_, read, reported) => {
    await expect(read()).rejects.toMatchObject({
      code: 'QUERY_TOO_LARGE',
      message: expect.stringContaining(reported),
    });
  });

  it('is refused where a quote in it is never closed', async () => {
    await expect(table(`a,b\n"${'x'.repeat(3_000_000)}`)).rejects.toMatchObject({ code: 'TABLE_UNREADABLE' });
  });

  const rules = { allowedDirs: [dir], startDir: dir };
  const sources = (text: string) => {
    const file = join(dir, 'list.wsources');
    writeFileSync(file, text);
    return checkExternalSources(file, true, rules);
  };

  it.each([
    ['a name without an end', `<${'a'.repeat(5_000_000)}`],
    ['quotes without an end', '<a "'.repeat(1_000_000)],
    ['tags without an end', '<a '.repeat(1_000_000)],
    ['a name of an attribute without a value', `<a ${'b'.repeat(5_000_000)}>`],
    ['many attributes', `<a ${Array.from({ length: 500_000 }, (_, at) => `b${at}="c"`).join(' ')}>`],
    ['an attribute of a million characters', `<a b="${'c'.repeat(5_000_000)}">`],
    ['text without a tag', '< '.repeat(1_000_000)],
  ])('names no external sources in quadratic time: %s', async (_, text) => {
    const beganMs = cpuTimeMs(process.pid);
    await sources(text).catch((refused: unknown) =>
      expect(refused).toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining('no end') }),
    );
    expect(cpuTimeMs(process.pid) - beganMs).toBeLessThan(5_000);
  });

  it('is checked for what it names although it has many columns', async () => {
    const file = join(dir, 'rows.txt');
    writeFileSync(
      file,
      `Audio File\t${'X\t'.repeat(20_000)}\n${`a.wav\t${'\t'.repeat(20_000)}\n`.repeat(50)}`,
    );
    await checkImportRows(file, true, rules);
    writeFileSync(file, `${'X\t'.repeat(20_000)}Audio File\n${'\t'.repeat(20_000)}../secret.wav\n`);
    await expect(checkImportRows(file, true, rules)).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  });

  it.each(['/*'.repeat(50_000), '--'.repeat(50_000), `'${'"'.repeat(99_000)}`, "''".repeat(50_000)])(
    'and a query of 100,000 characters is looked at in linear time: %.4s',
    (text) => {
      const beganMs = cpuTimeMs(process.pid);
      checkReads(`select 1 ${text}`);
      withParameters(`select 1 ${text}`, (index) => `?${index}`);
      expect(cpuTimeMs(process.pid) - beganMs).toBeLessThan(1_000);
    },
  );
});
