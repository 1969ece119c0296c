import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, isJsonObject } from '../../../src/core/json.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { amount, spread } from '../../harness/amount.ts';
import { packageDir } from '../../harness/app-in.ts';
import { program } from '../../harness/program.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../harness/servers/postgres-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { openLeadRuns } from './lead-room.ts';
import { type LeadServices, leadComments, startLeadServices } from './lead-services.ts';

const documentPath = join(packageDir, 'test/workflow/documents/lead-enrichment-v1.json');
const shipped = join(packageDir, 'presets');
const dir = tempDir('lead-crash');

/**
 * Kills that are tried: each is two processes' work and waits for services that want to be asked again later. `LEAD_CRASHES=5000` tries
 * them all, `LEAD_CRASH_PART=2/4` the second quarter of those.
 */
const kills = amount(4, 60, 'LEAD_CRASHES');
const [part, parts] = (process.env.LEAD_CRASH_PART ?? '1/1').split('/').map(Number);
/** They wait more than they work. */
const AT_ONCE = 6;

describe.runIf(hasPostgres)('the leads as printed, with PostgreSQL, in a process that is killed', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const asked = async <T>(address: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    return work(client).finally(() => client.end());
  };

  /** A room with presets and a database of its own, and services that may have served others before. */
  const newRoom = async (name: string, services: LeadServices) => {
    const room = join(dir, name);
    mkdirSync(join(room, 'presets'), { recursive: true });
    for (const [preset, content] of Object.entries(services.presets))
      writeFileSync(join(room, 'presets', `${preset}.json`), JSON.stringify(content));
    const address = await server.newDatabase();
    await asked(address, async (client) => {
      await client.query(`
        CREATE TABLE source_audiences (id text, name text, type text, urls jsonb);
        INSERT INTO source_audiences VALUES ('aud-1', 'Fans', 'instagram', '["https://example.org/p/1"]');
        CREATE TABLE shared_audiences (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "sourceAudienceId" text, contacts jsonb, metadata jsonb);`);
    });
    return { room, address, services, from: services.requests.length };
  };
  type Room = Awaited<ReturnType<typeof newRoom>>;

  /** Runs it in a process that kills itself there; gives how many records it wrote otherwise. */
  const execute = ({ room, address }: Room, crash?: { readonly at: number; readonly when: string }) => {
    const there = crash === undefined ? {} : { CRASH_AT: String(crash.at), CRASH_WHEN: crash.when };
    const args = [program('lead-crash-entry'), room, address, documentPath, shipped];
    return new Promise<number>((resolve, reject) => {
      execFile(process.execPath, args, { env: { ...process.env, ...there } }, (error, stdout, stderr) => {
        if (crash !== undefined && error?.signal === 'SIGKILL') resolve(-1);
        else if (error === null && JSON.parse(stdout).ok === true) resolve(Number(JSON.parse(stdout).points));
        else reject(new Error(`${stderr}${stdout}`));
      });
    });
  };

  /** Goes on with the run here; gives what the journal had as answered before, and what was asked after. */
  const goOn = async ({ room, address, services, from }: Room) => {
    const stores = openSqliteStores(room);
    const { runs, compiled } = openLeadRuns({ room, address, shipped, stores });
    const [left] = (await runs.list()).runs;
    const noted = left === undefined ? [] : await stores.runs.transitions(left.executionId);
    const answered = noted.flatMap(({ node, detail }) => {
      const { call, answered: answer } = asJsonObject(asJsonObject(detail).note);
      return isJsonObject(answer) ? [`${node} ${String(call)}`] : [];
    });
    // What the killed process had sent is in the services before anything else is asked of them.
    for (const _ of [1, 2]) await fetch(services.all.url);
    const before = services.requests.length;
    const document: unknown = JSON.parse(readFileSync(documentPath, 'utf8'));
    const started =
      left === undefined
        ? runs.start(compiled(document))
        : left.state === 'done'
          ? undefined
          : await runs.resume(left.executionId);
    await started?.done;
    const id = left?.executionId ?? started?.executionId ?? '';
    // Killed between the note that the scraper is asked and its answer, nobody here knows: somebody looks at the service.
    if ((await runs.status(id)).state === 'suspended') {
      const tookEffect = services.requests.slice(from, before).includes('scraper-1 only');
      const value = tookEffect
        ? { decision: 'tookEffect', body: [...leadComments] }
        : { decision: 'sendAgain' };
      const { done } = await runs.answer(id, { value });
      await done;
    }
    const { result } = await runs.status(id);
    const rows = asJsonArray(asJsonObject(result?.ok === true ? result.data : {}).results).map(asJsonObject);
    const enriched = rows.find(({ node }) => node === 'enrichment-1');
    runs.close();
    await stores.close();
    return {
      answered,
      after: services.requests.slice(before),
      cost: asJsonObject(asJsonObject(enriched?.data).cost),
    };
  };

  const storedIn = ({ address }: Room) =>
    asked(address, async (client) => {
      const { rows } = await client.query(
        'SELECT "sourceAudienceId", jsonb_array_length(contacts) AS contacts FROM shared_audiences',
      );
      return rows;
    });
  const asWanted = [{ sourceAudienceId: 'aud-1', contacts: 150 }];
  const paid = { apiCalls: 150, costPerCall: 0.02, totalCost: 3, currency: 'USD' };

  const isKept = async (crash: { readonly at: number; readonly when: string }, services: LeadServices) => {
    const room = await newRoom(`${crash.when}-${crash.at}`, services);
    await execute(room, crash);
    const { answered, after, cost } = await goOn(room);
    const known = new Set(answered);
    const repeated = after.filter((request) => known.has(request));
    expect({ crash, repeated, cost, stored: await storedIn(room) }).toEqual({
      ...{ crash, repeated: [], cost: paid, stored: asWanted },
    });
    // What was under way, and no more, is asked again.
    expect(
      answered.filter((call) => call.startsWith('enrichment-1')).length +
        after.filter((one) => one.startsWith('enrichment-1')).length,
    ).toBe(150);
    rmSync(room.room, { recursive: true });
    await server.dropDatabase(room.address);
  };

  it('costs 3.00 USD, stores one row, and repeats no call that was answered, at whichever record it is killed', async () => {
    const first = await startLeadServices();
    const whole = await newRoom('whole', first);
    const points = await execute(whole);
    expect(await storedIn(whole)).toEqual(asWanted);
    await first.close();
    // Answers that come in one turn are one record.
    expect(points).toBeGreaterThan(50);
    const all = Array.from({ length: points }, (_, at) =>
      ['before', 'after'].map((when) => ({ at, when })),
    ).flat();
    const tried = spread(all, kills).filter((_, index) => index % (parts ?? 1) === (part ?? 1) - 1);
    const open = [...tried];
    const worker = async (): Promise<void> => {
      const services = await startLeadServices();
      for (let crash = open.shift(); crash !== undefined; crash = open.shift()) await isKept(crash, services);
      await services.close();
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, tried.length) }, worker));
    expect(tried.length).toBeGreaterThan(0);
  });
});
