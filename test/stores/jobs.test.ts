import { afterAll, beforeAll, describe, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import { postgresLanes } from '../../src/stores/postgres/postgres-lanes.ts';
import { openSqliteJobs } from '../../src/stores/sqlite/sqlite-jobs.ts';
import {
  hasPostgres,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from '../harness/servers/postgres-server.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { describeJobs } from './job-contract.ts';

describe('jobs in SQLite', () => {
  describeJobs(async (work) => {
    const jobs = openSqliteJobs(newTempDir('jobs'));
    let epoch = 0;
    const take = async (worker: string) => {
      epoch += 1;
      return { worker, hold: { lane: 'l', epoch } };
    };
    await work({ jobs, take });
    await jobs.close();
  });
});

describe.runIf(hasPostgres)('jobs in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  describeJobs(async (work) => {
    const database = await openPostgres(await server.newDatabase(), silentLog);
    const lanes = postgresLanes(database);
    const take = async (worker: string) => {
      for (const { lane, epoch } of await lanes.list()) await lanes.release({ lane, epoch });
      for (;;) {
        const hold = await lanes.take('l', { owner: worker, host: null }, 60_000);
        if (hold !== undefined) return { worker, hold };
      }
    };
    await work({ jobs: postgresJobs(database), take });
    await database.close();
  });
});

describe.runIf(!hasPostgres)('jobs in PostgreSQL', () => {
  it.skip(withoutPostgres, () => undefined);
});
