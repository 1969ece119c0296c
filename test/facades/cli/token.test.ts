import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../../../src/core/access/token.ts';
import { asJsonArray, asJsonObject, asString } from '../../../src/core/json.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { runToken, type TokenRequest } from '../../../src/facades/cli/token.ts';
import { openSqliteTokens } from '../../../src/stores/sqlite/sqlite-tokens.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('token', () => {
  const root = tempDir('token');
  let stateDir = '';
  let number = 0;
  let out = '';
  beforeEach(() => {
    number += 1;
    stateDir = join(root, String(number));
    out = '';
  });

  /** Every call opens the store anew, as every start of the program does. */
  const token = async (action: TokenRequest['action'], changes: Partial<TokenRequest> = {}) => {
    const print = printTo((text) => {
      out += stripVTControlCharacters(text);
    });
    out = '';
    const usual = { id: undefined, name: undefined, workspace: 'default', days: null, json: false };
    const request: TokenRequest = { ...usual, action, scope: 'run', ...changes };
    return runToken(request, openSqliteTokens(stateDir), print);
  };
  const records = async () => {
    await token('list', { json: true });
    return asJsonArray(JSON.parse(out)).map(asJsonObject);
  };
  const found = async (text: string, atMs = 0) => {
    const store = openSqliteTokens(stateDir, () => atMs);
    const record = await store.find(hashToken(text));
    await store.close();
    return record;
  };

  it('add shows the token once, on a line of its own, and what it opens', async () => {
    expect(await token('add', { workspace: 'game', scope: 'read', name: 'CI' })).toBe(0);
    const [shown = '', said = '', ...rest] = out.split('\n');
    expect(shown).toMatch(/^wwf_[\w-]{43}$/);
    expect(said).toMatch(/^It is not shown again\. [0-9a-f]{8} {2}read in game, does not expire {2}CI$/);
    expect(rest).toEqual(['']);
    expect(await found(shown)).toMatchObject({ name: 'CI', workspace: 'game', scope: 'read' });
    await token('list');
    expect(out).toMatch(/^[0-9a-f]{8} {2}read in game, does not expire {2}CI\n$/);
    await token('list', { json: true });
    expect(out).not.toContain(shown);
    expect(out).not.toContain(hashToken(shown));
  });

  it('add makes another token and id each time', async () => {
    await token('add');
    const [first] = out.split('\n');
    await token('add');
    const [second] = out.split('\n');
    expect(second).not.toBe(first);
    const ids = (await records()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it('add gives a token that opens until its days are over, and says until when', async () => {
    await token('add', { days: 30, scope: 'admin' });
    const [shown = ''] = out.split('\n');
    const [record = {}] = await records();
    const untilMs = Number(record.expiresAtMs);
    expect(untilMs - Number(record.createdAtMs)).toBe(30 * 24 * 60 * 60 * 1000);
    expect(await found(shown, untilMs - 1)).toMatchObject({ scope: 'admin' });
    expect(await found(shown, untilMs)).toBeUndefined();
    await token('list');
    expect(out).toBe(`${record.id}  admin in default, until ${new Date(untilMs).toISOString()}\n`);
  });

  it('add as JSON is the record and the token, and nothing else', async () => {
    await token('add', { json: true, name: 'CI' });
    const { token: shown, ...record } = asJsonObject(JSON.parse(out));
    expect(record).toEqual((await records())[0]);
    expect(record).toMatchObject({ name: 'CI', workspace: 'default', scope: 'run', expiresAtMs: null });
    expect(await found(asString(shown) ?? '')).toMatchObject({ id: record.id });
  });

  it('list says so where there are none, in JSON by an empty list', async () => {
    expect(await token('list')).toBe(0);
    expect(out).toBe('There are no tokens.\n');
    expect(await records()).toEqual([]);
  });

  it('list makes visible what a name would do to a terminal', async () => {
    await token('add', { name: 'a\u001b[2Jb\nc' });
    await token('list');
    expect(out).not.toContain('\u001b');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([false, true])('remove ends that token and no other (json: %s)', async (json) => {
    await token('add', { name: 'first' });
    const [first = ''] = out.split('\n');
    await token('add', { name: 'second' });
    const [second = ''] = out.split('\n');
    const { id = '' } = (await found(first)) ?? {};
    expect(await token('remove', { id, json })).toBe(0);
    expect(out.trimEnd()).toBe(
      json ? JSON.stringify({ removed: id }) : `Removed ${id}: it opens nothing any more.`,
    );
    expect(await found(first)).toBeUndefined();
    expect(await found(second)).toMatchObject({ name: 'second' });
  });

  it('remove refuses an id that there is not, and leaves the others', async () => {
    await token('add');
    await expect(token('remove', { id: 'abcdefgh' })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', message: 'There is no token "abcdefgh".', details: { id: 'abcdefgh' } },
      hint: expect.stringContaining('wwiseflow token list'),
    });
    expect(out).toBe('');
    expect(await records()).toHaveLength(1);
  });

  it.each(['list', 'remove'] as const)('%s closes the store once, whatever comes of it', async (action) => {
    const tokens = openSqliteTokens(null);
    let closed = 0;
    const close = () => {
      closed += 1;
      return tokens.close();
    };
    const request = { action, id: 'none', name: undefined, workspace: 'default', days: null, json: false };
    const [ended] = await Promise.allSettled([
      runToken({ ...request, scope: 'run' }, { ...tokens, close }, () => undefined),
    ]);
    expect([ended.status, closed]).toEqual([action === 'list' ? 'fulfilled' : 'rejected', 1]);
  });
});
