import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';

/** A second process for the tests: `memo-writer.ts DIR NAME COUNT` writes COUNT entries into the memo under DIR. */
const [dir = '', name = '', count = '0'] = process.argv.slice(2);
const stores = openSqliteStores(dir);
for (let i = 0; i < Number(count); i++) {
  await stores.memo.intend({ key: `${name}${i}`, command: 'create_sound', before: null });
  await stores.memo.complete({ key: `${name}${i}`, command: 'create_sound', data: { i }, claims: [] });
}
await stores.close();
