import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import { rememberBeforeSave } from '../../../src/wwise/dispatch/remember-before-save.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const result = { key: 'k', command: 'create_sound', data: { id: '{B}' }, claims: [] };
const save = 'ak.wwise.core.project.save';

describe('what is remembered of edits that are not saved', () => {
  const dir = tempDir('before-save');

  /** The connection over a wire that notes what comes; so does the memo when it is asked to be on disk. */
  function opened(stateDir: string) {
    const order: string[] = [];
    const stores = openSqliteStores(stateDir);
    const memo = {
      makePowerSafe: async () => {
        await stores.memo.makePowerSafe();
        order.push('on disk');
      },
    };
    const connection = createConnection({
      open: async () => ({
        address: 'wire',
        call: async (uri) => {
          order.push(uri);
          return {};
        },
        subscribe: async () => ({ unsubscribe: async () => {} }),
        close: async () => {},
      }),
      address: 'wire',
      log: silentLog,
    });
    return { order, stores, waapi: rememberBeforeSave(connection, memo, silentLog) };
  }

  it('is on disk before the project is saved, and waits for no other call', async () => {
    const { order, stores, waapi } = opened(join(dir, 'state'));
    await stores.memo.complete({ ...result, durability: 'killSafe' });
    await waapi.call('ak.wwise.core.object.setName', { object: '{B}', value: 'B' });
    await waapi.call(save);
    expect(order).toEqual(['ak.wwise.core.object.setName', 'on disk', save]);
    // Whoever opens the state directory next has it, though nothing was closed.
    const next = openSqliteStores(join(dir, 'state'));
    expect(await next.memo.get('k')).toMatchObject({ state: 'done', data: { id: '{B}' } });
    await next.close();
    await stores.close();
  });

  it('keeps nobody from saving where it cannot be written', async () => {
    const gone = join(dir, 'gone');
    const { order, stores, waapi } = opened(gone);
    await stores.memo.complete({ ...result, durability: 'killSafe' });
    rmSync(gone, { recursive: true, force: true });
    await waapi.call(save);
    expect(order).toEqual([save]);
    await stores.close().catch(() => {});
  });
});
