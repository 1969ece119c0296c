import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { checkProject } from '../../src/embedded/project/compare/check.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import type { PostgresDatabase } from '../../src/stores/postgres/postgres-database.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import type { FollowedRun, WorkflowService } from '../../src/workflow/service.ts';
import { amount } from '../harness/amount.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { linkTo } from '../harness/servers/link-to.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { countOf, soundNode, spawnWorkerOf } from '../harness/worker-room.ts';

const RUNS = amount(8, 200, 'CHAOS_RUNS');
const NODES = amount(5, 20, 'CHAOS_NODES');
const PROJECTS = amount(2, 4, 'CHAOS_PROJECTS');
const TROUBLES = amount(6, 40, 'CHAOS_TROUBLES');
const SEED = amount(7, 7, 'RANDOM_SEED');

describe.runIf(!hasPostgres || !hasRedis)('chaos', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('chaos', () => {
  const dir = tempDir('chaos');

  it(`ends each of ${RUNS} runs of ${NODES} nodes once, does each node once and loses no answer, while workers, Redis and PostgreSQL die and networks are cut`, async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const databaseUrl = await postgres.newDatabase();
    const database = await openPostgres(databaseUrl, silentLog);
    const jobs = postgresJobs(database);
    await countEnds(database);
    const rooms = await Promise.all(
      Array.from({ length: PROJECTS }, async (_, index) => {
        const projectPath = join(dir, `p${index}`, 'Game.wproj');
        freshProject(projectPath);
        const links = await Promise.all([linkTo(databaseUrl), linkTo(redis.url)]);
        const of = ['--project', projectPath, '--queue', `q${index}`];
        const [far, near] = [links.map(({ url }) => url), [databaseUrl, redis.url]].map(
          ([databaseAt = '', redisAt = '']) => ['--database', databaseAt, '--redis', redisAt, ...of],
        );
        const start = () =>
          spawnWorkerOf(dir, ['--take-over-after', '5', '--state', join(dir, `w${index}`), ...(far ?? [])]);
        const app = appIn(dir, ['--state', join(dir, `s${index}`), ...(near ?? [])]);
        return { projectPath, app, service: await app.openService(), links, start, worker: start() };
      }),
    );
    const begun = await Promise.all(
      Array.from({ length: RUNS }, async (_, run) => {
        const room = rooms[run % PROJECTS];
        if (room === undefined) throw new Error('There is no such project.');
        const begun = await room.service.run({ workflow: flowOf(run), caller: 'test', waitMs: 0 });
        if (!begun.ok) throw new Error(begun.error);
        const done = begun.data.done;
        return { run, room, executionId: begun.data.executionId, done };
      }),
    );
    let isOver = false;
    const all = Promise.all(
      begun.map(async ({ run, room, executionId, done }) => {
        if (!asks(run)) return done;
        await done;
        return (await answered(room.service, executionId, nameOf(run, NODES - 1))).done;
      }),
    ).finally(() => {
      isOver = true;
    });
    const random = seeded(SEED);
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    /** The workers whose network is cut now. */
    const cut = new Set<Promise<void>>();
    for (let nth = 0; nth < TROUBLES && !isOver; nth++) {
      await pause(300 + 1_500 * random());
      const room = rooms[Math.floor(random() * rooms.length)];
      if (room === undefined) continue;
      const kind = random();
      if (kind < 0.4) {
        room.worker.child.kill('SIGKILL');
        await room.worker.gone;
        room.worker = room.start();
      } else if (kind < 0.5) await redis.flush();
      else if (kind < 0.62) await redis.restart();
      else if (kind < 0.74) await postgres.restart();
      else {
        const which = kind < 0.8 ? room.links.slice(0, 1) : kind < 0.86 ? room.links.slice(1) : room.links;
        const isSaid = random() < 0.5;
        for (const link of which) isSaid ? link.cut() : link.silence();
        const mended = pause(500 + 12_000 * random()).then(() => {
          for (const link of which) link.mend();
          cut.delete(mended);
        });
        cut.add(mended);
      }
    }
    await Promise.all(cut);
    const results = await all;
    const failed = results.flatMap(({ ok, code, error }) => (ok ? [] : [`${code}: ${error}`]));
    const left = (await jobs.list({ workspace: null, limit: RUNS })).filter(({ state }) => state !== 'done');
    expect({ failed, left }).toEqual({ failed: [], left: [] });
    for (const { worker } of rooms) {
      worker.child.kill('SIGTERM');
      await worker.gone;
    }
    for (const { projectPath, app, links } of rooms) {
      await app.close();
      await Promise.all(links.map((link) => link.close()));
      expect(checkProject(projectPath)).toMatchObject({
        ...{ differences: [], brokenFiles: [], duplicates: [], unfinishedSave: [] },
      });
    }
    for (const { run, room } of begun) {
      const unit = readFileSync(join(room.projectPath, '..', 'Containers', 'Default Work Unit.wwu'), 'utf8');
      const counts = Array.from({ length: NODES }, (_, node) => countOf(nameOf(run, node), unit));
      expect(counts).toEqual(counts.map(() => 1));
    }
    const ends = await endsOf(database);
    expect(begun.map(({ executionId }) => ends.get(executionId))).toEqual(begun.map(() => ['done']));
    await database.close();
    await Promise.all([postgres.stop(), redis.stop()]);
  });
});

const nameOf = (run: number, node: number): string => `Run${run}_Node${node}`;

/** Each fourth run asks for the last name. */
const asks = (run: number): boolean => run % 4 === 3;

function flowOf(run: number) {
  const isAsking = asks(run);
  const made = Array.from({ length: NODES }, (_, node) =>
    soundNode(`n${node}`, isAsking && node === NODES - 1 ? '$from:ask:$output:name' : nameOf(run, node)),
  );
  const template = { fields: [{ name: 'name', type: 'text', label: 'Name' }] };
  const nodes = isAsking
    ? [...made.slice(0, -1), { id: 'ask', type: 'ask_user', data: { template } }, ...made.slice(-1)]
    : made;
  const edges = nodes.slice(1).map(({ id: target }, nth) => ({ source: nodes[nth]?.id, target }));
  return { workflowId: `run-${run}`, nodes, edges };
}

/** Answers what a run asks, once: until it is known to be kept. */
async function answered(service: WorkflowService, executionId: string, value: string): Promise<FollowedRun> {
  for (;;) {
    const given = await service.answer(executionId, { value }, { caller: 'test', waitMs: 0 });
    if (given.ok) return given.data;
    if (!given.retryable) throw new Error(`${given.code}: ${given.error}`);
  }
}

/** From now on the database counts how often each run ends. */
async function countEnds({ transaction }: PostgresDatabase): Promise<void> {
  await transaction('read write', (_, script) =>
    script(`create table run_end (execution_id text, state text);
      create function count_end() returns trigger language plpgsql as $$ begin
        insert into run_end values (new.execution_id, new.state); return new; end $$;
      create trigger count_end after update on run for each row
        when (new.state not in ('running', 'suspended') and new.state is distinct from old.state)
        execute function count_end();`),
  );
}

async function endsOf({ query }: PostgresDatabase): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await query`select execution_id, state from run_end`;
  const ends = new Map<string, string[]>();
  for (const { execution_id: id, state } of rows)
    ends.set(String(id), [...(ends.get(String(id)) ?? []), String(state)]);
  return ends;
}

/** The same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
