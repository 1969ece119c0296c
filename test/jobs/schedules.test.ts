import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { lastDue, nextDue } from '../../src/core/schedules/cron.ts';
import type { ScheduleStore } from '../../src/core/stores/schedule-store.ts';
import { runSchedule, type ScheduleOrder } from '../../src/facades/cli/schedule.ts';
import { queueTicks } from '../../src/jobs/schedules/queue-ticks.ts';
import { startScheduler } from '../../src/jobs/schedules/scheduler.ts';
import type { OpenTicks } from '../../src/jobs/schedules/ticks.ts';
import { openTimerTicks } from '../../src/jobs/schedules/timer-ticks.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresSchedules } from '../../src/stores/postgres/serving/postgres-schedules.ts';
import { openSqliteSchedules } from '../../src/stores/sqlite/sqlite-schedules.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, type RedisServer, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const ms = (text: string) => new Date(text).getTime();

describe('the times of schedules', () => {
  it('are those of their zone, also where clocks are put forward or back', () => {
    const rome = { cron: '0 9 * * *', timeZone: 'Europe/Rome' };
    expect(nextDue(rome, ms('2026-03-28T09:00:00Z'))).toBe(ms('2026-03-29T07:00:00Z'));
    expect(nextDue(rome, ms('2026-10-24T08:00:00Z'))).toBe(ms('2026-10-25T08:00:00Z'));
    expect(lastDue(rome, ms('2026-03-27T00:00:00Z'), ms('2026-03-29T06:59:59Z'))).toBe(
      ms('2026-03-28T08:00:00Z'),
    );
    expect(lastDue(rome, ms('2026-03-28T08:00:00Z'), ms('2026-03-29T06:00:00Z'))).toBeUndefined();
  });
});

const order = {
  ...{ action: 'add', what: 'w', name: undefined, workspace: 'default', cron: '0 9 * * 1-5' },
  ...{ timeZone: 'Europe/Rome', input: {}, limit: 10, json: false },
} as const satisfies ScheduleOrder;

/** A schedule that has been due each second for a minute. */
const eachSecond = (workflowId: string) => ({
  ...{ id: `s-${workflowId}`, name: null, workspace: 'default', workflowId, cron: '* * * * * *' },
  ...{ timeZone: 'UTC', input: { name: 'Fred' }, createdAtMs: Date.now() - 60_000 },
});

/** One that was due two minutes ago and is not soon again. */
const missed = (workflowId: string) => {
  const at = new Date(Date.now() - 120_000);
  const cron = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
  return { ...eachSecond(workflowId), cron, createdAtMs: Date.now() - 600_000 };
};

const stores: readonly (readonly [string, boolean, () => Promise<[ScheduleStore, () => Promise<void>]>])[] = [
  ['SQLite', true, async () => [openSqliteSchedules(null), async () => undefined]],
  [
    'PostgreSQL',
    hasPostgres,
    async () => {
      const server = await startPostgres();
      const database = await openPostgres(await server.newDatabase(), silentLog);
      const end = async () => {
        await database.close();
        await server.stop();
      };
      return [postgresSchedules(database), end];
    },
  ],
];

describe.each(stores)('schedules in %s', (_kind, isThere, open) => {
  it.skipIf(isThere)(withoutPostgres, () => undefined);

  it.runIf(isThere)(
    'are kept with what came of them, each moment for one run, until they are removed',
    async () => {
      const [schedules, end] = await open();
      const schedule = missed('w');
      await schedules.add(schedule);
      await schedules.add({ ...schedule, id: 'other', workspace: 'other' });
      expect(await schedules.list('default')).toEqual([schedule]);
      expect(await schedules.list(null)).toHaveLength(2);
      const tick = { scheduleId: schedule.id, dueAtMs: 1_000, atMs: 1_001 };
      const claims = ['e1', 'e2'].map((executionId) => schedules.claim({ ...tick, executionId }));
      const [kept, ...same] = await Promise.all(claims);
      expect(same).toEqual([kept]);
      await schedules.refuse({ ...tick, dueAtMs: 2_000, code: 'WORKFLOW_INVALID', error: 'no' });
      const none = { code: null, error: null };
      const refused = { executionId: null, code: 'WORKFLOW_INVALID', error: 'no' };
      const history = [
        { ...tick, dueAtMs: 2_000, ...refused },
        { ...tick, executionId: kept, ...none },
      ];
      expect(await schedules.history(schedule.id, 10)).toEqual(history);
      expect(await schedules.history(schedule.id, 1)).toEqual(history.slice(0, 1));
      expect(await schedules.forgetBefore(2_000)).toBe(1);
      expect(await schedules.remove(schedule.id, 'other')).toBe(false);
      expect(await schedules.remove(schedule.id, 'default')).toBe(true);
      expect(await schedules.history(schedule.id, 10)).toEqual([]);
      await schedules.close();
      await end();
    },
  );
});

describe('a schedule', () => {
  const dir = tempDir('schedules');
  const said: string[] = [];
  const asked = async (more: Partial<ScheduleOrder>, kept = openSqliteSchedules(dir)) => {
    said.length = 0;
    await runSchedule({ ...order, ...more }, kept, (line) => said.push(String(line)));
    return said.join('\n');
  };

  it('is made, listed with when it is due next, and removed on the command line', async () => {
    expect(await asked({})).toMatch(/^\w{8} {2}begins w in default at "0 9 \* \* 1-5" Europe\/Rome, next 20/);
    const id = said[0]?.split(' ')[0] ?? '';
    expect(await asked({ action: 'list' })).toContain(id);
    expect(await asked({ action: 'history', what: id })).toBe('It has not been due yet.');
    expect(await asked({ action: 'remove', what: id })).toContain('begins nothing any more');
    await expect(asked({ action: 'remove', what: id })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([
    ['0 9 * *', 'UTC'],
    ['61 9 * * *', 'UTC'],
    ['0 9 31 2 *', 'UTC'],
    ['* * * * * *', 'UTC'],
    ['0 9 * * *', 'Rome'],
  ])('is refused with "%s" in %s', async (cron, timeZone) => {
    await expect(asked({ cron, timeZone })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

const flow = (workflowId: string) => ({
  ...{ workflowId, inputs: { name: { type: 'string' } } },
  nodes: [{ id: 'say', type: 'say', data: { text: 'Hello {{ input.name }}' } }],
});

describe('a scheduler', () => {
  const dir = tempDir('scheduler');
  const projectPath = `${dir}/project/Test.wproj`;
  freshProject(projectPath);
  const app = appIn(dir, ['--project', projectPath, '--state', `${dir}/state`]);
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (hasRedis) redis = await startRedis();
    const service = await app.openService();
    for (const id of ['late', 'often', 'queued']) {
      const saved = await service.library.save({
        workflow: flow(id),
        workflowId: undefined,
        description: undefined,
      });
      if (!saved.ok) throw new Error(saved.error);
    }
  });
  afterAll(async () => {
    await app.close();
    await redis?.stop();
  });
  const start = (store: ScheduleStore, openTicks: OpenTicks) =>
    startScheduler({ store, openTicks, serviceOf: () => app.openService(), log: silentLog, everyMs: 60_000 });
  const runsOf = async (workflowId: string) => {
    const page = await (await app.openService()).list({ workflowId, limit: 50 });
    return page.ok ? page.data.runs : [];
  };

  it('makes up once what was missed, however many there are, and says why something could not begin', async () => {
    const store = openSqliteSchedules(dir);
    await store.add(missed('late'));
    await store.add(missed('nothing'));
    const both = await Promise.all([start(store, openTimerTicks), start(store, openTimerTicks)]);
    await Promise.all(both.map(({ refresh }) => refresh()));
    await expect.poll(() => runsOf('late'), { timeout: 60_000 }).toHaveLength(1);
    const [tick, ...more] = await store.history('s-late', 10);
    expect([tick?.executionId, more]).toEqual([expect.stringMatching(/^exec_/), []]);
    expect(await runsOf('late')).toMatchObject([{ executionId: tick?.executionId, caller: 'schedule' }]);
    // The moment is given to one scheduler, which says a little later what came of it.
    await expect
      .poll(() => store.history('s-nothing', 10), { timeout: 60_000 })
      .toMatchObject([{ executionId: null, code: 'WORKFLOW_NOT_FOUND' }]);
    await Promise.all(both.map(({ close }) => close()));
    for (const { id } of await store.list(null)) await store.remove(id, null);
    await store.close();
  });

  it('begins what is due by its own timers', async () => {
    const store = openSqliteSchedules(dir);
    await store.add(eachSecond('often'));
    const scheduler = await start(store, openTimerTicks);
    await expect.poll(async () => (await store.history('s-often', 50)).length).toBeGreaterThan(2);
    await scheduler.close();
    const ticks = await store.history('s-often', 50);
    expect(new Set(ticks.map(({ dueAtMs }) => dueAtMs)).size).toBe(ticks.length);
    await store.remove('s-often', null);
    await store.close();
  });

  it.runIf(!hasRedis)(withoutRedis, () => undefined);
  it.runIf(hasRedis)(
    'begins what is due by the schedulers of a queue, also after Redis has lost them',
    async () => {
      const store = openSqliteSchedules(dir);
      await store.add(eachSecond('queued'));
      const ticks = queueTicks(redis?.url ?? '', 'default', silentLog);
      const scheduler = await start(store, ticks);
      const count = async () => (await store.history('s-queued', 100)).length;
      await expect.poll(count).toBeGreaterThan(2);
      await redis?.flush();
      const before = await count();
      await scheduler.refresh();
      await expect.poll(count).toBeGreaterThan(before + 2);
      await scheduler.close();
      // What was given to a run begins, if a little later.
      await expect
        .poll(async () => (await runsOf('queued')).length - (await count()), { timeout: 60_000 })
        .toBe(0);
      await store.close();
    },
  );
});
