import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { sqliteMemo } from '../../src/stores/sqlite/sqlite-memo.ts';

/** A second process for the tests: `memo-writer.ts DIR NAME COUNT` writes COUNT entries into the memo under DIR. */
const [, , dir = '', name = '', count = '0'] = process.argv;
const memo = sqliteMemo(openDatabase(dir, { durable: true }));
for (let i = 0; i < Number(count); i++) {
  memo.intend(`${name}${i}`, 'create_sound', null);
  memo.complete(`${name}${i}`, 'create_sound', { i }, []);
}
memo.close();
