import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/log.ts';
import type { HotSessions, SessionRecord } from '../../../../src/core/stores/session-store.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { memoryHotSessions } from '../../../../src/stores/memory-hot-sessions.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createSessions } from '../../../../src/workflow/runtime/sessions/sessions.ts';
import { type HandClock, handClock } from '../../hand-clock.ts';

const second = 1_000;
let clock: HandClock;
let stores: Stores;
beforeEach(() => {
  clock = handClock();
  stores = openSqliteStores(null);
});
afterEach(() => stores.close());

const openSessions = (hotSessions: HotSessions = memoryHotSessions(clock.now)) =>
  createSessions({ sessions: stores.sessions, hotSessions, clock, log: silentLog });
const session = (position: number): SessionRecord => ({
  ...{ sessionId: 'exec_1', state: { position }, currentTask: 'ask', variables: { ask: { step: position } } },
  ...{ lastActivityMs: clock.now(), ttlMs: 3_600 * second },
});
const stored = () => stores.sessions.load('exec_1');

it('a session is hot for an hour from its last use, and then found in the database and hot again', async () => {
  const hot = memoryHotSessions(clock.now);
  const sessions = openSessions(hot);
  await sessions.saveState(session(1));
  clock.set(clock.now() + 3_500 * second);
  expect(await hot.get('exec_1')).toMatchObject({ state: { position: 1 } });
  clock.set(clock.now() + 3_500 * second);
  expect(await hot.get('exec_1')).toBeDefined();
  clock.set(clock.now() + 3_601 * second);
  expect(await hot.get('exec_1')).toBeUndefined();
  expect(await sessions.recoverSession('exec_1')).toMatchObject({ state: { position: 1 } });
  expect(await hot.get('exec_1')).toMatchObject({ state: { position: 1 } });
  expect(await sessions.recoverSession('exec_2')).toBeUndefined();
});

it('every step of a dialogue is in the database, its whole state once in five minutes', async () => {
  const sessions = openSessions();
  await sessions.saveState(session(1));
  clock.set(clock.now() + 299 * second);
  await sessions.saveState(session(2));
  expect(await stored()).toMatchObject({ state: { position: 1 }, variables: { ask: { step: 2 } } });
  expect(await sessions.recoverSession('exec_1')).toMatchObject({ state: { position: 2 } });
  clock.set(clock.now() + 2 * second);
  await sessions.saveState(session(3));
  expect(await stored()).toMatchObject({ state: { position: 3 }, variables: { ask: { step: 3 } } });
});

it('what is less than a step is saved within half a minute, once, as it is then', async () => {
  const sessions = openSessions();
  await sessions.saveState(session(1));
  let asked = 0;
  const current = async () => {
    asked += 1;
    return session(7);
  };
  sessions.saveSoon('exec_1', current);
  clock.set(clock.now() + 20 * second);
  sessions.saveSoon('exec_1', current);
  expect(await stored()).toMatchObject({ variables: { ask: { step: 1 } } });
  clock.set(clock.now() + 11 * second);
  await expect.poll(stored).toMatchObject({ variables: { ask: { step: 7 } } });
  expect(asked).toBe(1);
  sessions.saveSoon('exec_1', async () => session(8));
  await sessions.flush();
  expect(await stored()).toMatchObject({ variables: { ask: { step: 8 } } });
});

it('a session that has ended is archived, neither hot nor saved again, and still found', async () => {
  const hot = memoryHotSessions(clock.now);
  const sessions = openSessions(hot);
  await sessions.saveState(session(1));
  sessions.saveSoon('exec_1', async () => session(2));
  await sessions.finish(session(3), clock.now());
  await sessions.flush();
  expect([await hot.get('exec_1'), await stored()]).toEqual([undefined, undefined]);
  expect(await stores.sessions.archived('exec_1')).toEqual(session(3));
  expect(await sessions.recoverSession('exec_1')).toEqual(session(3));
  expect(await hot.get('exec_1')).toBeUndefined();
});

it('a hot store out of reach costs no session', async () => {
  const refuse = async () => {
    throw new Error('nobody there');
  };
  const sessions = openSessions({ get: refuse, set: refuse, remove: refuse });
  await sessions.saveState(session(1));
  expect(await sessions.recoverSession('exec_1')).toMatchObject({ state: { position: 1 } });
  await sessions.finish(session(2), 5);
  expect(await sessions.recoverSession('exec_1')).toMatchObject({ state: { position: 2 } });
});
