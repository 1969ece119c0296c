import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../src/stores/sqlite/group-commit.ts';

describe('a database that takes no more', () => {
  it('says so to each writer, keeps what was committed, and goes on when there is room again', async () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE rows (text TEXT)');
    database.exec('PRAGMA max_page_count = 8');
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    const { write } = createGroupCommit(database, 'full.db');
    const add = (text: string) => write(() => insert.run(text));
    await add('first');
    const large = 'x'.repeat(100_000);
    const [one, small, two] = await Promise.allSettled([add(large), add('second'), add(large)]);
    for (const refused of [one, two])
      expect(refused).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'STATE_NOT_WRITTEN',
          message: expect.stringMatching(/full/),
          hint: expect.stringContaining('Make room on that disk'),
        },
      });
    expect(small).toMatchObject({ status: 'fulfilled' });
    database.exec('PRAGMA max_page_count = 1000');
    await add(large);
    expect(database.prepare('SELECT count(*) AS found FROM rows').all()).toEqual([{ found: 3 }]);
    database.close();
  });
});
