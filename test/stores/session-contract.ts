import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotSessions, SessionRecord } from '../../src/core/stores/session-store.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import type { StorePlace } from './store-contract.ts';

const session = (sessionId: string, more: Partial<SessionRecord> = {}): SessionRecord => ({
  sessionId,
  state: { position: 3, nodes: { ask: { asked: 1 } } },
  currentTask: 'ask',
  variables: { ask: { name: 'Été' } },
  lastActivityMs: 1_000.25,
  ttlMs: 3_600_000,
  ...more,
});

/** What every implementation of the sessions in a database promises, and of what they are recovered with. */
export function describeSessions(kind: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the sessions in ${kind}`, () => {
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

    it('are loaded as they were saved, whole or by the step', async () => {
      const { sessions } = stores;
      expect(await sessions.load('exec_1')).toBeUndefined();
      await sessions.save(session('exec_1'), 'step', 'powerSafe');
      expect(await sessions.load('exec_1')).toEqual(session('exec_1'));
      const later = session('exec_1', {
        ...{ state: { position: 9 }, currentTask: null, variables: {}, lastActivityMs: 2_000 },
      });
      await sessions.save(later, 'step', 'killSafe');
      expect(await sessions.load('exec_1')).toEqual({ ...later, state: session('exec_1').state });
      await sessions.save(later, 'whole', 'powerSafe');
      expect(await sessions.load('exec_1')).toEqual(later);
    });

    it('are kept apart by their workspaces', async () => {
      const other = await place.open('other');
      await stores.sessions.save(session('exec_1'), 'whole', 'powerSafe');
      expect(await other.sessions.load('exec_1')).toBeUndefined();
      await other.close();
    });

    it('are archived when they have ended, until that is forgotten', async () => {
      const { sessions } = stores;
      await sessions.save(session('exec_1'), 'whole', 'powerSafe');
      const last = session('exec_1', { currentTask: null });
      await sessions.archive(last, 20);
      expect([await sessions.load('exec_1'), await sessions.archived('exec_1')]).toEqual([undefined, last]);
      expect(await sessions.forgetArchivedBefore(20)).toBe(0);
      expect(await sessions.forgetArchivedBefore(21)).toBe(1);
      expect(await sessions.archived('exec_1')).toBeUndefined();
    });

    it('go with their runs', async () => {
      const { runs, sessions } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      await runs.begin({ ...run, executionId: 'exec_1', owner: '1:a', startedAtMs: 10, journalVersion: 2 });
      await sessions.save(session('exec_1'), 'whole', 'powerSafe');
      await runs.end('exec_1', 'done', 20, { ok: true });
      await runs.forgetEndedBefore(30);
      expect(await sessions.load('exec_1')).toBeUndefined();
    });

    it('are continued by the transitions that came after them', async () => {
      const { runs } = stores;
      const at = (node: string) => ({ node, state: 'running', atMs: 1, detail: null });
      expect(await runs.transitionsSince('exec_1', 0)).toEqual({ transitions: [], position: 0 });
      await runs.append('exec_1', [at('a'), at('b')], 'killSafe');
      await runs.append('exec_2', [at('x')], 'killSafe');
      const first = await runs.transitionsSince('exec_1', 0);
      expect(first.transitions).toEqual([at('a'), at('b')]);
      expect(await runs.transitionsSince('exec_1', first.position)).toEqual({ ...first, transitions: [] });
      await runs.append('exec_1', [at('c')], 'powerSafe');
      const more = await runs.transitionsSince('exec_1', first.position);
      expect(more.transitions).toEqual([at('c')]);
      expect(more.position).toBeGreaterThan(first.position);
    });

    it('of many suspended runs, as few are listed as are asked for', async () => {
      const { runs } = stores;
      const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null };
      for (const executionId of ['exec_1', 'exec_2', 'exec_3']) {
        await runs.begin({ ...run, executionId, owner: '1:a', startedAtMs: 10, journalVersion: 2 });
        await runs.suspend(executionId, { wakeAtMs: null, waiting: [] }, {});
      }
      expect([(await runs.suspended(2)).length, (await runs.suspended()).length]).toEqual([2, 3]);
    });

    it('leave compiled plans until they are forgotten', async () => {
      const { plans } = stores;
      expect(await plans.get('k')).toBeUndefined();
      await plans.put('k', { nodes: [{ id: 'a' }] });
      await plans.put('k', { nodes: [{ id: 'ü' }] });
      expect(await plans.get('k')).toEqual({ nodes: [{ id: 'ü' }] });
      expect(await plans.forgetBefore(42)).toBe(0);
      expect(await plans.forgetBefore(43)).toBe(1);
      expect(await plans.get('k')).toBeUndefined();
    });
  });
}

/** What every hot store promises. `make` gives an empty one; `pass` lets time pass in it, in milliseconds. */
export function describeHotSessions(
  kind: string,
  make: () => Promise<{
    readonly hot: HotSessions;
    pass(ms: number): Promise<void>;
    close(): Promise<void>;
  }>,
): void {
  describe(`hot sessions in ${kind}`, () => {
    it('are there for as long as something happens to them', async () => {
      const { hot, pass, close } = await make();
      const short = session('exec_1', { ttlMs: 1_000 });
      expect(await hot.get('exec_1')).toBeUndefined();
      await hot.set(short);
      await pass(700);
      expect(await hot.get('exec_1')).toEqual(short);
      await pass(700);
      expect(await hot.get('exec_1')).toEqual(short);
      await pass(1_100);
      expect(await hot.get('exec_1')).toBeUndefined();
      await close();
    });

    it('are what was set last, until they are removed', async () => {
      const { hot, close } = await make();
      await hot.set(session('exec_1'));
      await hot.set(session('exec_1', { currentTask: null }));
      await hot.set(session('exec_2'));
      expect(await hot.get('exec_1')).toMatchObject({ currentTask: null });
      await hot.remove('exec_1');
      await hot.remove('exec_3');
      expect([await hot.get('exec_1'), await hot.get('exec_2')]).toEqual([undefined, session('exec_2')]);
      await close();
    });
  });
}
