import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFilter, AuditRecord } from '../../src/core/stores/audit-store.ts';
import type { Stores } from '../../src/core/stores/stores.ts';

/** One place where stores keep things. */
export interface StorePlace {
  /** Opens the stores of a workspace (default: the default one); every call in one place sees the same records. */
  open(workspace?: string, now?: () => number): Promise<Stores>;
  remove(): Promise<void>;
}

/** What every implementation of the stores promises. `makePlace` gives an empty place for each test. */
export function describeStores(kind: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the stores in ${kind}`, () => {
    let place: StorePlace;
    let stores: Stores;

    beforeEach(async () => {
      place = await makePlace();
      stores = await place.open(undefined, () => 42);
    });
    afterEach(async () => {
      await stores.close();
      await place.remove();
    });

    it('keep a result that is too large for a row as an artifact, which goes with its row', async () => {
      const { memo, artifacts } = stores;
      const data = { ids: Array.from({ length: 40_000 }, (_, index) => `{Ö-${index}}`) };
      const claims = [{ kind: 'gone', id: '{C}' }];
      const result = { key: 'large', command: 'import_files', data, claims };
      const small = { key: 'small', command: 'create_sound', data: { id: '{B}' }, claims };
      const kept = async () => (await artifacts.list('memo')).map(({ name }) => name);
      const completed = memo.complete(result, small);
      expect(await memo.get('large')).toEqual({ state: 'done', ...result, atMs: 42 });
      await completed;
      expect(await kept()).toEqual(['large']);
      expect(await memo.getMany(['small', 'large'])).toContainEqual({ state: 'done', ...result, atMs: 42 });
      const found = await memo.find({ text: '{c}', limit: 10, offset: 0 });
      expect(found.entries).toContainEqual({ state: 'done', ...result, atMs: 42 });
      await memo.intend({ key: 'large', command: 'import_files', before: null });
      await memo.complete(result);
      expect(await memo.forgetBefore(42)).toBe(0);
      expect(await kept()).toEqual(['large']);
      expect(await memo.forgetBefore(43)).toBe(2);
      expect(await kept()).toEqual([]);
      await memo.complete(result);
      await memo.forget('large');
      expect([await memo.get('large'), await kept()]).toEqual([undefined, []]);
    });

    it('count a large result whose artifact was lost as none, so that it is made again', async () => {
      const { memo, artifacts } = stores;
      const data = { text: 'x'.repeat(300_000) };
      await memo.complete({ key: 'large', command: 'import_files', data, claims: [] });
      await artifacts.removeRuns(['memo']);
      expect(await memo.get('large')).toBeUndefined();
      expect(await memo.getMany(['large'])).toEqual([]);
    });

    it('remember what was intended and what was done', async () => {
      const { memo } = stores;
      await memo.intend(
        { key: 'k1', command: 'create_sound', before: ['{A}'] },
        { key: 'k2', command: 'create_sound', before: null },
      );
      const claims = [{ kind: 'gone', id: '{C}' }];
      await memo.complete({ key: 'k2', command: 'create_sound', data: { id: '{B}' }, claims });
      const intent = { state: 'intent', key: 'k1', command: 'create_sound', before: ['{A}'], atMs: 42 };
      const done = {
        state: 'done',
        key: 'k2',
        command: 'create_sound',
        data: { id: '{B}' },
        claims,
        atMs: 42,
      };
      expect(await memo.get('k1')).toEqual(intent);
      expect(await memo.get('k2')).toEqual(done);
      const held = await memo.getMany(['k2', 'k3', 'k1']);
      expect(held.map(({ key }) => key).sort()).toEqual(['k1', 'k2']);
      expect(await memo.find({ text: '{b}', limit: 10, offset: 0 })).toEqual({ entries: [done], total: 1 });
      expect(await memo.find({ state: 'intent', limit: 10, offset: 0 })).toMatchObject({ total: 1 });
      await memo.forget('k1');
      expect(await memo.get('k1')).toBeUndefined();
      expect(await memo.forgetBefore(42)).toBe(0);
      expect(await memo.forgetBefore(43)).toBe(1);
      expect(await memo.get('k2')).toBeUndefined();
    });

    it('show a write to the read that follows it, awaited or not', async () => {
      const { memo, runs } = stores;
      const written = memo.intend({ key: 'k', command: 'create_sound', before: null });
      expect(await memo.get('k')).toMatchObject({ state: 'intent' });
      await written;
      const completed = memo.complete({ key: 'k', command: 'create_sound', data: {}, claims: [] });
      const transition = { node: 'a', state: 'running', atMs: 1, detail: null };
      const appended = runs.append('exec_1', [transition], 'powerSafe');
      expect(await runs.transitions('exec_1')).toEqual([transition]);
      expect(await memo.get('k')).toMatchObject({ state: 'done' });
      await Promise.all([completed, appended]);
    });

    it('let writes that come together fail each for itself', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      const begin = (executionId: string) =>
        runs.begin({ ...run, executionId, owner: '1:a', startedAtMs: 10, journalVersion: 2 });
      const outcomes = await Promise.allSettled([begin('exec_1'), begin('exec_1'), begin('exec_2')]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const listed = await runs.list({ limit: 10 });
      expect(listed.map(({ executionId }) => executionId)).toEqual(['exec_2', 'exec_1']);
    });

    it('keep each workspace to itself', async () => {
      const other = await place.open('other');
      const flow = { workflowId: 'w', name: null, description: null, document: { nodes: [] } };
      const run = { ...flow, planHash: 'h', plan: {}, input: null, caller: null, owner: '1:a' };
      await stores.memo.intend({ key: 'k', command: 'create_sound', before: null });
      await stores.audit.append(record({}));
      await stores.runs.begin({ ...run, executionId: 'exec_1', startedAtMs: 1, journalVersion: 2 });
      await stores.runs.end('exec_1', 'done', 2, {});
      await stores.library.save(flow);
      expect(await other.memo.get('k')).toBeUndefined();
      expect(await other.memo.find({ limit: 10, offset: 0 })).toEqual({ entries: [], total: 0 });
      expect(await other.audit.recent(10)).toEqual([]);
      expect(await other.runs.get('exec_1')).toBeUndefined();
      expect(await other.runs.list({ limit: 10 })).toEqual([]);
      expect(await other.library.get('w')).toBeUndefined();
      expect(await other.library.delete('w')).toBe(0);
      expect(await other.library.save(flow)).toEqual({ version: 1, isNew: true });
      const forgotten = [
        await other.runs.forgetEndedBefore(1_000),
        await other.audit.forgetBefore(2_000_000_000_000),
      ];
      expect(forgotten).toEqual([[], 0]);
      expect(await stores.runs.get('exec_1')).toMatchObject({ state: 'done' });
      expect(await stores.audit.recent(10)).toHaveLength(1);
      await other.close();
    });

    it('list runs and workflows in an order, in parts, and count the runs that fit', async () => {
      const { runs, library } = stores;
      const run = { name: null, planHash: 'h', plan: {}, input: null, owner: '1:a', journalVersion: 2 };
      for (const [index, workflowId] of ['b', 'a', 'c', 'a'].entries())
        await runs.begin({
          ...run,
          ...{ executionId: `exec_${index}`, workflowId, caller: index === 0 ? 'rest' : 'mcp' },
          startedAtMs: 10 + index,
        });
      await runs.end('exec_2', 'failed', 50, { ok: false, code: 'TIMEOUT', error: 'late' });
      const ids = async (filter: object) =>
        (await runs.list({ limit: 10, ...filter })).map(({ executionId }) => executionId);
      expect(await ids({ sortOrder: 'asc', skip: 1 })).toEqual(['exec_1', 'exec_2', 'exec_3']);
      expect(await ids({ sortBy: 'workflowId', sortOrder: 'asc' })).toEqual([
        'exec_1',
        'exec_3',
        'exec_0',
        'exec_2',
      ]);
      expect(await ids({ sortBy: 'state', sortOrder: 'desc', limit: 1 })).toEqual(['exec_3']);
      expect(await ids({ fromMs: 11, toMs: 13, caller: 'mcp' })).toEqual(['exec_2', 'exec_1']);
      expect(await runs.count({})).toBe(4);
      expect(await runs.count({ workflowId: 'a' })).toBe(2);
      expect(await runs.count({ code: 'TIMEOUT', states: ['failed'] })).toBe(1);
      const named = {
        workflowId: 'steps',
        planHash: 'h',
        plan: {},
        input: null,
        caller: 'mcp',
        owner: '1:a',
      };
      const times = { startedAtMs: 20, journalVersion: 2 };
      await runs.begin({ ...named, ...times, executionId: 'exec_4', name: 'Dörr 50% FOOT_steps' });
      for (const text of ['foot_', 'Dörr', '50%', 'STEPS'])
        expect([text, await ids({ text })]).toEqual([text, ['exec_4']]);
      expect(await runs.count({ text: 'foo%s' })).toBe(0);
      await runs.append('exec_4', [{ node: 'n', state: 'running', atMs: 21, detail: null }], 'killSafe');
      expect(await ids({ hasBegun: true })).toEqual(['exec_4']);
      expect(await ids({ hasBegun: false, states: ['running'] })).toEqual(['exec_3', 'exec_1', 'exec_0']);
      const begun = (await runs.list({ limit: 2 })).map(({ hasBegun }) => hasBegun);
      expect([begun, (await runs.head('exec_4'))?.hasBegun]).toEqual([[true, false], true]);
      for (const [workflowId, name] of [
        ['one', 'Z'],
        ['two', 'A'],
      ] as const)
        await library.save({ workflowId, name, description: null, document: {} });
      const byName = await library.list({ limit: 1, offset: 1, sortBy: 'name', sortOrder: 'asc' });
      expect(byName).toMatchObject({ entries: [{ workflowId: 'one' }], total: 2 });
    });

    it('give the audit back newest first, and one run on request', async () => {
      const { audit } = stores;
      const ofRun = record({ executionId: 'exec_1', payload: { name: 'Boom' } });
      await audit.append(ofRun);
      await audit.append(record({ command: 'query_waql', ok: false, code: 'INVALID_QUERY', memo: null }));
      const recent = await audit.recent(10);
      expect(recent.map(({ command }) => command)).toEqual(['query_waql', 'create_sound']);
      expect(await audit.recent(10, 'exec_1')).toEqual([ofRun]);
      expect(await audit.recent(1)).toHaveLength(1);
    });

    it('search the audit by time, run, command, object and outcome, page by page', async () => {
      const { audit } = stores;
      const guid = '{0123ABCD-0000-0000-0000-00000000000F}';
      for (let i = 0; i < 5; i++)
        await audit.append(record({ atMs: 1000 + i, executionId: `exec_${i % 2}` }));
      const failed = { ok: false, code: 'NAME_CONFLICT', error: 'taken', memo: null };
      await audit.append(record({ atMs: 2000, command: 'set_property', ...failed, objects: [guid] }));
      const count = async (filter: Partial<AuditFilter>) =>
        (await audit.query({ limit: 100, ...filter })).records.length;
      expect(await count({})).toBe(6);
      expect(await count({ fromMs: 1002, toMs: 1004 })).toBe(2);
      expect(await count({ executionId: 'exec_1' })).toBe(2);
      expect(await count({ command: 'set_property', objectId: guid.toLowerCase() })).toBe(1);
      expect(await count({ outcome: 'ok' })).toBe(5);
      expect(await count({ outcome: 'failed' })).toBe(1);
      expect(await count({ outcome: 'NAME_CONFLICT' })).toBe(1);
      const first = await audit.query({ limit: 4 });
      const second = await audit.query({ limit: 4, cursor: first.cursor ?? '' });
      const atMs = [...first.records, ...second.records].map((row) => row.atMs);
      expect(atMs).toEqual([2000, 1004, 1003, 1002, 1001, 1000]);
      expect(second.cursor).toBeNull();
      expect(await audit.count({ outcome: 'ok' })).toBe(5);
      expect(await audit.count({ executionId: 'exec_1', caller: 'nobody' })).toBe(0);
      const middle = await audit.query({ limit: 2, skip: 1, sortBy: 'atMs', sortOrder: 'asc' });
      expect([middle.records.map((row) => row.atMs), middle.cursor]).toEqual([[1001, 1002], null]);
      const byCommand = await audit.query({ limit: 1, sortBy: 'command', sortOrder: 'desc' });
      expect(byCommand.records).toMatchObject([{ command: 'set_property' }]);
      expect(await audit.forgetBefore(1003)).toBe(3);
      expect(await count({})).toBe(3);
    });

    it('suspend a run until a moment, and give it to one who claims it', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      for (const [executionId, wakeAtMs] of [['exec_1', 500] as const, ['exec_2', 300] as const]) {
        await runs.begin({ ...run, executionId, owner: '1:a', startedAtMs: 10, journalVersion: 2 });
        await runs.suspend(executionId, { wakeAtMs, waiting: null }, { ok: true });
      }
      expect(await runs.get('exec_1')).toMatchObject({
        state: 'suspended',
        wakeAtMs: 500,
        journalVersion: 2,
      });
      expect((await runs.suspended()).map(({ executionId }) => executionId)).toEqual(['exec_2', 'exec_1']);
      expect(await runs.forgetEndedBefore(1_000)).toEqual([]);
      const claims = [runs.claim('exec_1', '2:b'), runs.claim('exec_1', '3:c'), runs.claim('exec_3', '2:b')];
      expect(await Promise.all(claims)).toEqual([true, false, false]);
      expect(await runs.head('exec_1')).toMatchObject({ state: 'running', owner: '2:b', wakeAtMs: null });
    });

    it('keep what a suspended run asks, among those that wait for answers', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      const waiting = [{ node: 'ask', prompt: 'Which bus?', role: 'mixer', sinceMs: 7 }];
      for (const executionId of ['exec_1', 'exec_2', 'exec_3'])
        await runs.begin({ ...run, executionId, owner: '1:a', startedAtMs: 10, journalVersion: 2 });
      await runs.suspend('exec_1', { wakeAtMs: null, waiting }, { ok: true });
      await runs.suspend('exec_2', { wakeAtMs: 300, waiting: null }, { ok: true });
      expect((await runs.suspended()).map(({ executionId }) => executionId)).toEqual(['exec_2', 'exec_1']);
      const asking = await runs.list({ limit: 10, states: ['suspended'], isWaiting: true });
      expect(asking).toMatchObject([{ executionId: 'exec_1', wakeAtMs: null, waiting }]);
      expect(await runs.count({ isWaiting: true })).toBe(1);
      expect(await runs.get('exec_1')).toMatchObject({ waiting });
      expect(await runs.get('exec_2')).toMatchObject({ waiting: null });
      await runs.claim('exec_1', '2:b');
      expect(await runs.head('exec_1')).toMatchObject({ state: 'running', waiting: null });
    });

    it('keep one answer to a question, the first, until its run is forgotten', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      await runs.begin({ ...run, executionId: 'exec_1', owner: '1:a', startedAtMs: 10, journalVersion: 2 });
      const first = { question: 'ask#1', node: 'ask', value: 'Été \u0000', isDeclined: false };
      const given = { ...first, caller: 'cli', atMs: 11 };
      const other = { ...given, value: { value: -6 }, caller: null, atMs: 12 };
      const declined = { ...given, question: 'ask#2', value: null, isDeclined: true };
      expect(await Promise.all([runs.answer('exec_1', given), runs.answer('exec_1', other)])).toEqual([
        true,
        false,
      ]);
      expect(await runs.answer('exec_1', declined)).toBe(true);
      expect(await runs.answer('exec_2', other)).toBe(true);
      expect(await runs.answers('exec_1')).toEqual([given, declined]);
      await runs.end('exec_1', 'done', 20, { ok: true });
      await runs.forgetEndedBefore(30);
      expect(await runs.answers('exec_1')).toEqual([]);
      expect(await runs.answers('exec_2')).toEqual([other]);
    });

    it('keep every transition of a run in order, and how it ended', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: 'cli' };
      await runs.begin({ ...run, executionId: 'exec_1', owner: '1:a', startedAtMs: 10, journalVersion: 2 });
      const running = { node: 'a', state: 'running', atMs: 11, detail: null };
      const done = { node: 'a', state: 'done', atMs: 12, detail: { memo: 'miss' } };
      await runs.append('exec_1', [running], 'powerSafe');
      await runs.append('exec_1', [done, { ...running, node: 'b' }], 'killSafe');
      expect(await runs.transitions('exec_1')).toEqual([running, done, { ...running, node: 'b' }]);
      expect(await runs.get('exec_1')).toMatchObject({ state: 'running', endedAtMs: null, result: null });
      await runs.end('exec_1', 'failed', 13, { ok: false, code: 'CANCELLED', error: 'stopped' });
      expect(await runs.head('exec_1')).toMatchObject({
        state: 'failed',
        code: 'CANCELLED',
        error: 'stopped',
      });
      expect(await runs.list({ limit: 10, states: ['done'] })).toEqual([]);
      await runs.reopen('exec_1', {
        ...{ owner: '2:b', plan: { nodes: [] }, planHash: 'h2', input: { name: 'X' }, journalVersion: 3 },
      });
      expect(await runs.get('exec_1')).toMatchObject({
        state: 'running',
        owner: '2:b',
        planHash: 'h2',
        input: { name: 'X' },
        journalVersion: 3,
        endedAtMs: null,
        result: null,
      });
      await runs.end('exec_1', 'done', 13, { ok: true });
      expect(await runs.forgetEndedBefore(13)).toEqual([]);
      expect(await runs.forgetEndedBefore(14)).toEqual(['exec_1']);
      expect(await runs.transitions('exec_1')).toEqual([]);
    });
  });
}

function record(changes: Partial<AuditRecord>): AuditRecord {
  return {
    atMs: 1_700_000_000_000,
    executionId: null,
    caller: 'mcp',
    command: 'create_sound',
    payload: {},
    ok: true,
    code: null,
    error: null,
    memo: 'miss',
    idemKey: 'abc',
    durationMs: 1.5,
    ...changes,
  };
}
