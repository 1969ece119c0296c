import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { connectWaapi } from '../../../../src/wwise/connection/connect.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { sample } from '../../../harness/amount.ts';
import { busOver } from '../../../harness/bus-over.ts';
import { program } from '../../../harness/program.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** A run whose process is killed at any of its calls and records, inside nodes of several calls, while Wwise lives on. */

const parentPath = '\\Containers\\Default Work Unit';

/** What makes several calls, some of which can be looked up afterwards and some of which cannot. */
const nodes: readonly JsonObject[] = [
  node('box', 'create_object', { type: 'ActorMixer', name: 'Box', parentPath }),
  node('names', 'rename_by_pattern', {
    query: 'from type Sound where name : "Q"',
    find: 'Q',
    replace: 'QQ',
  }),
  node('slot', 'set_objects', {
    objects: [{ object: `${parentPath}\\S`, lists: { Effects: [{ type: 'EffectSlot', name: '' }] } }],
  }),
  node('move', 'move_object', {
    objects: [`${parentPath}\\M1`, `${parentPath}\\M2`],
    parentPath: `${parentPath}\\Box`,
  }),
];
const flow: JsonObject = {
  nodes: [...nodes],
  edges: nodes.slice(1).map(({ id }, at) => ({ source: nodes[at]?.id ?? '', target: id ?? '' })),
};

/** Runs the workflow in a process of its own, which is killed there; gives how many points there are. */
function runIn(stateDir: string, url: string, dir: string, at?: number): Promise<number> {
  mkdirSync(stateDir, { recursive: true });
  const flowPath = join(stateDir, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flow));
  const env = {
    ...process.env,
    CRASH_CALLS: '1',
    CRASH_ALONE: '1',
    ...(at === undefined ? {} : { CRASH_AT: String(at), CRASH_WHEN: at % 2 === 0 ? 'before' : 'after' }),
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program('crash-entry'), stateDir, url, flowPath, dir],
      { env },
      (error, stdout, stderr) => {
        if (at !== undefined && error?.signal === 'SIGKILL') return resolve(-1);
        if (error !== null) return reject(new Error(`${stderr}${stdout}`));
        resolve(Number(asJsonObject(JSON.parse(stdout)).points));
      },
    );
  });
}

/** The project before each run, and the runs of the process that died, over the bus of A. */
async function killedAt(
  room: TwoClients,
  at: number | undefined,
  work: (runs: Runs, executionId: string | undefined) => Promise<void>,
): Promise<number> {
  const stateDir = join(room.dir, `state-${at ?? 'whole'}`);
  const points = await runIn(stateDir, room.url, room.dir, at);
  const stores = openSqliteStores(stateDir);
  const { memo, audit, runs: store } = stores;
  const waapi = createConnection({ open: () => connectWaapi(room.url), address: room.url, log: silentLog });
  const { bus, close } = busOver(waapi, room.dir, { memo, audit });
  const runs = createRuns({ bus, log: silentLog, store, stateDir });
  try {
    const [left] = (await runs.list()).runs;
    await work(runs, left?.executionId);
  } finally {
    await waapi.close();
    await close();
    await stores.close();
  }
  return points;
}

async function prepare({ a }: TwoClients): Promise<void> {
  for (const name of ['S', 'Q1', 'Q2', 'M1', 'M2']) await a.done('create_sound', { name, parentPath });
}

async function clear({ b }: TwoClients): Promise<void> {
  const { objects } = await b.done('query_waql', { query: `$ "${parentPath}" select children` });
  for (const { id } of Object(objects)) await b.done('delete_object', { objectId: id, confirm: true });
}

async function inBox({ b }: TwoClients): Promise<readonly string[]> {
  const { objects } = await b.done('query_waql', { query: `$ "${parentPath}\\Box" select children` });
  return Object(objects).map(({ name }: JsonObject) => name);
}

describe('a run that is killed inside a node, rolled back by another process', () => {
  it(
    'is as it was before where that is called verified; else every node that left something is named',
    () =>
      withTwoClients(async (room) => {
        await prepare(room);
        const points = await killedAt(room, undefined, async (runs, executionId) => {
          const result = await runs.rollback(executionId ?? '');
          expect(result).toMatchObject({ ok: true });
        });
        expect(points).toBeGreaterThan(20);
        for (const at of sample([...Array(points).keys()], 3)) {
          await clear(room);
          await prepare(room);
          const prepared = await room.saved();
          await killedAt(room, at, async (runs, executionId) => {
            if (executionId === undefined) return;
            const { data } = await runs.rollback(executionId);
            const { verified, notRolledBack } = Object(data);
            const after = await room.saved();
            const isSame = JSON.stringify(after) === JSON.stringify(prepared);
            if (verified) expect({ at, isSame }).toEqual({ at, isSame: true });
            else expect(notRolledBack, String(at)).not.toEqual([]);
            // Whatever is left belongs to a node that is named.
            if (!isSame)
              expect({ at, verified, named: notRolledBack.length > 0 }).toEqual({
                at,
                verified: false,
                named: true,
              });
          });
        }
      }),
    900_000,
  );

  it(
    'does nothing twice when it is resumed: what cannot be looked up is OUTCOME_UNKNOWN',
    () =>
      withTwoClients(async (room) => {
        await prepare(room);
        const points = await killedAt(room, undefined, async () => {});
        for (const at of sample([...Array(points).keys()], 4)) {
          await clear(room);
          await prepare(room);
          await killedAt(room, at, async (runs, executionId) => {
            if (executionId === undefined) return;
            const { state } = await runs.status(executionId);
            const result = state === 'done' ? undefined : await (await runs.resume(executionId)).done;
            const { objects } = await room.b.done('query_waql', {
              query: 'from type Sound',
              return: ['name'],
            });
            const names = Object(objects).map(({ name }: JsonObject) => name);
            expect(
              names.filter((name: string) => /QQQ/.test(name)),
              `${at}`,
            ).toEqual([]);
            const { effects } = await room.b.done('list_effects', { objectId: `${parentPath}\\S` });
            expect(Object(effects).length, `${at}`).toBeLessThanOrEqual(1);
            if (result?.ok === false)
              expect({ at, code: result.code }).toEqual({ at, code: 'OUTCOME_UNKNOWN' });
            else {
              expect(Object(effects).length, `${at}`).toBe(1);
              expect(await inBox(room), `${at}`).toEqual(['M1', 'M2']);
            }
          });
        }
      }),
    900_000,
  );
});
