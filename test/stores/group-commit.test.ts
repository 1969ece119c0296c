import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { createGroupCommit } from '../../src/stores/sqlite/group-commit.ts';
import { newTempDir } from '../harness/temp-dir.ts';

/** A database whose commits are counted: each adds the one page that it changed to the log. */
function counting() {
  const path = join(newTempDir('group-commit'), 'rows.db');
  const database = new Database(path);
  onTestFinished(() => {
    database.close();
  });
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE rows (text TEXT)');
  const pages = () => Math.floor((statSync(`${path}-wal`).size - 32) / (24 + 4_096));
  const before = pages();
  const { write, settled } = createGroupCommit(database, 'rows.db');
  const insert = database.prepare('INSERT INTO rows VALUES (?)');
  const rows = () => database.prepare('SELECT count(*) AS found FROM rows').all();
  return {
    write: (text: string) => write(() => insert.run(text)),
    ...{ settled, rows, commits: () => pages() - before },
  };
}

it('work that is alone goes on at once, and what others write in the same turn shares one commit', async () => {
  const { write, commits, rows } = counting();
  let isTurnOver = false;
  setImmediate(() => {
    isTurnOver = true;
  });
  await write('alone');
  expect([commits(), isTurnOver]).toEqual([1, false]);
  /** Each writes twice, one after the other, and not at the same moment as the others. */
  const others = Array.from({ length: 20 }, async (_, index) => {
    for (let waits = 0; waits < index; waits += 1) await undefined;
    await write(`first of ${index}`);
    await write(`second of ${index}`);
  });
  await Promise.all(others);
  expect(rows()).toEqual([{ found: 41 }]);
  expect(commits()).toBeLessThanOrEqual(4);
});

it('who waits until all is settled finds what was asked for before', async () => {
  const { write, settled, rows } = counting();
  await write('first');
  expect(settled()).toBeUndefined();
  const writing = Promise.all([write('second'), write('third')]);
  await settled();
  expect(rows()).toEqual([{ found: 3 }]);
  await writing;
});
